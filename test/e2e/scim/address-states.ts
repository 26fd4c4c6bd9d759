/** A way to run the connector. */
export const modes = ['rest', 'scim', 'scimAlone'] as const;
export type Mode = (typeof modes)[number];

/** What each way is called in documents, and its settings. */
export const modeSettings: Readonly<Record<Mode, { readonly title: string; readonly service: object }>> = {
  rest: { title: 'REST', service: {} },
  scim: { title: 'SCIM with REST', service: { api: 'scim' } },
  scimAlone: { title: 'SCIM alone', service: { api: 'scim', scimFallback: false } },
};

/** States of an address; what is done to an account to have it is the test's business. */
export const states = [
  'active',
  'inactive',
  'pending',
  'invitation expired',
  'invitation deleted',
  'foreign',
  'unknown',
] as const;
export type State = (typeof states)[number];

/** Operations on the user of an address, with what is asked. */
export const questions = ['search', 'get', 'create', 'create, adopting', 'update', 'delete'] as const;
export type Question = (typeof questions)[number];

/** The answers of one state: one for all modes, or one each in the order of `modes`. */
type Answers = string | readonly [rest: string, scim: string, scimAlone: string];

const taken = 'AlreadyExistsException with uid';
const unknownUid = 'UnknownUidException';
const refused = 'PreconditionFailedException';
/** SCIM alone: pending here, invited before, or elsewhere. */
const nobodyKnows = { reading: refused, creating: 'AlreadyExistsException' };

const gone = {
  get: unknownUid,
  update: unknownUid,
  delete: unknownUid,
} as const;

/** The defined answer of each operation for each state of an address. */
export const addressStates: Readonly<Record<State, Readonly<Record<Question, Answers>>>> = {
  active: {
    search: 'active',
    get: 'active',
    create: taken,
    'create, adopting': '200',
    update: '200',
    delete: '204',
  },
  inactive: {
    search: 'inactive',
    get: 'inactive',
    create: taken,
    'create, adopting': '200',
    update: refused,
    delete: '204',
  },
  pending: {
    search: ['pending', 'pending', nobodyKnows.reading],
    get: ['pending', 'pending', nobodyKnows.reading],
    create: [taken, taken, nobodyKnows.creating],
    'create, adopting': ['200', '200', nobodyKnows.creating],
    update: refused,
    delete: ['204', '204', nobodyKnows.reading],
  },
  'invitation expired': {
    search: ['pending', 'pending', nobodyKnows.reading],
    get: ['pending', 'pending', nobodyKnows.reading],
    create: [taken, taken, nobodyKnows.creating],
    'create, adopting': ['200', '200', nobodyKnows.creating],
    update: refused,
    delete: ['204', '204', nobodyKnows.reading],
  },
  'invitation deleted': {
    ...gone,
    search: ['nobody', 'nobody', nobodyKnows.reading],
    get: [unknownUid, unknownUid, nobodyKnows.reading],
    create: ['201', '201 over REST', nobodyKnows.creating],
    'create, adopting': ['201', '201 over REST', nobodyKnows.creating],
    update: [unknownUid, unknownUid, nobodyKnows.reading],
    delete: [unknownUid, unknownUid, nobodyKnows.reading],
  },
  foreign: { ...gone, search: 'nobody', create: '201', 'create, adopting': '201' },
  unknown: { ...gone, search: 'nobody', create: '201', 'create, adopting': '201' },
};

/** The answers as a table in Markdown. */
export function addressTable(): string {
  const head = ['address', 'operation', ...modes.map((mode) => modeSettings[mode].title)];
  const rows = states.flatMap((state) =>
    questions.map((question, index) => {
      const answers = addressStates[state][question];
      const cells = typeof answers === 'string' ? modes.map(() => answers) : answers;
      return [index === 0 ? `**${state}**` : '', question, ...cells];
    }),
  );
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
