import type { Clock } from '../core/clock.js';
import { faultProblems, type FaultRule } from '../faults/fault.js';
import { atStart, flag, integer, oneOf, type OptionRow, share, special, text, texts } from './row.js';

/** Options that describe the simulated account: size, plan, credentials, licences. */
const accountOptions = {
  users: atStart(integer(1000, 'Users of the account in all three statuses; the first is the owner.')),
  groups: atStart(integer(20, 'Groups of the account.')),
  phoneUsers: atStart(integer(300, 'Users with Zoom Phone, at most as many as there are active users.')),
  seed: atStart(integer(1, 'The same seed gives the same account, ids, tokens and random faults.')),
  plan: oneOf(
    'business',
    ['free', 'pro', 'none'],
    'Plan whose rate limits are enforced; none means no limits. A free account has no groups.',
  ),
  accountId: atStart(text('q6gBJVO5TzexKYTb_I2rpg', 'Account id that the token call must name.')),
  clientId: text('simulator-client', 'Client id that the token call must present.'),
  clientSecret: text('simulator-secret', 'Client secret that the token call must present.'),
  scimToken: text('simulator-scim-token', 'SCIM token of the portal: a bearer of /scim2 that never expires.'),
  scopeModel: oneOf('granular', ['classic'], 'Kind of scopes that the application has and calls need.'),
  grantedScopes: texts([], 'Scopes of the application; an empty list stands for all of the scope model.'),
  managedDomains: texts(['example.com'], 'Domains managed by the account (autoCreate, e-mail change).'),
  blockedDomains: texts(['blocked.example'], 'Domains whose addresses Zoom refuses (400/1107).'),
  freeLicences: atStart(
    integer(1000, 'Seats left free in every licence pool when the simulator starts; 0 exhausts them all.'),
  ),
  sso: flag(true, 'Single sign-on is enabled: needed for ssoCreate (else 400/2002) and SCIM (else 400).'),
  preProvisionSso: flag(true, 'The option that ssoCreate needs (else 400/2032).'),
  apiOnlyUsers: flag(true, 'The contract that custCreate needs (else 400/2016).'),
  phoneEnabled: flag(true, 'Zoom Phone is set up for the account (else 403/2031 on phone calls).'),
  adminPermissions: flag(true, 'The role of the installing admin allows writes (else 400/200 on writes).'),
} as const;

/** Options for behaviour that Zoom does not document, or on which sources disagree. */
const behaviourOptions = {
  duplicateStatus: oneOf<412 | 409 | 400>(
    412,
    [409, 400],
    'HTTP status for a user or group that exists already; Zoom documents 409.',
  ),
  duplicateBody: oneOf('code', ['plain'], 'Duplicate answers carry code 1005 or 4132, or a message only.'),
  liveTokens: oneOf('many', ['one'], 'With one, a new token revokes the earlier one of the same index.'),
  tokenLifeSeconds: integer(3600, 'Life of an access token.'),
  invalidTokenStatus: oneOf<401 | 400>(401, [400], 'HTTP status of code 124.'),
  invalidClientStatus: oneOf<400 | 401>(400, [401], 'HTTP status of the token call for a wrong client.'),
  missingScopeCode: oneOf<4711 | 4700 | 104>(4711, [4700, 104], 'Code of a call without a needed scope.'),
  unknownPathStatus: oneOf<400 | 404>(400, [404], 'HTTP status of code 2300, an unknown path.'),
  statusChangeStatus: oneOf<204 | 200>(204, [200], 'HTTP status of a successful PUT of the user status.'),
  pageSizeOverMaximum: oneOf('clamp', ['refuse'], 'Page sizes above the maximum: clamped or 400/300.'),
  maxUserPageSize: oneOf<300 | 2000>(300, [2000], 'Largest page of the user list.'),
  maxMemberPageSize: oneOf<2000 | 300>(2000, [300], 'Largest page of the members of a group.'),
  pageTokenLifeSeconds: integer(900, 'Life of a page token.'),
  repeatedRows: integer(0, 'Rows of a page that the next page repeats.'),
  concurrencyLocks: flag(true, 'A user being deleted or created refuses other calls with 429.'),
  inactivePatch: oneOf('refuse', ['store'], 'Update of an inactive user: 400/1053, or stored.'),
  inactiveDelete: oneOf('allow', ['refuse'], 'Deletion of an inactive user: done, or 400/200.'),
  pendingWrites: oneOf('ignore', ['refuse'], 'Update of a pending user: 204 without effect, or 404/1001.'),
  pendingCreateId: oneOf('present', ['blank'], 'Id in the answer to a create that ends in pending.'),
  pendingGetId: oneOf('present', ['absent'], 'Id in the answer to a read of a pending user.'),
  pendingById: oneOf('found', ['notFound'], 'Reads of a pending user by id: answered, or 404/1001.'),
  invitationLifeDays: integer(0, 'Days until an invitation expires (400/1120); 0 means never.'),
  createAction: oneOf('pending', ['active'], 'Status after action create; active comes with verified 0.'),
  foreignAddress: oneOf(
    'invite',
    ['refuse'],
    'Action create for an address of a foreign account: invited with a blank id, or 400/1009.',
  ),
  roleWrites: oneOf(
    'success',
    ['error'],
    'Create and update of roles: 201 and 204, or a 200 that is an error.',
  ),
  phoneDelayMs: integer(0, 'Time until the phone record of a newly enabled user can be read.'),
  phoneMissingStatus: oneOf<404 | 400>(404, [400], 'Phone user who has no Zoom Phone: 404/1001 or 400/300.'),
  phoneNumberFormat: oneOf('digits', ['plus'], 'Numbers of phone users without or with a plus sign.'),
} as const;

/** Options for the oddities of Zoom's SCIM2 API. */
const scimOptions = {
  scimPendingFilter: oneOf('error', ['empty'], 'Filter on the e-mail of a pending user: 400, or no results.'),
  scimErrorStatus: oneOf('number', ['string'], 'Type of the member status of SCIM errors.'),
  scimNesting: oneOf('arrays', ['object'], 'Form of roles and groups in a single SCIM user.'),
  scimDefaultCount: oneOf<1 | 100>(1, [100], 'Page size of SCIM lists when none is asked for.'),
  scimDuplicateStatus: oneOf<400 | 409>(400, [409], 'HTTP status of a SCIM create with a used e-mail.'),
  scimDelete: oneOf('delete', ['disassociate'], 'Effect of SCIM DELETE on a user.'),
  scimPut: oneOf('merge', ['replace'], 'Attributes that a SCIM PUT leaves out: kept, or cleared.'),
} as const;

/** Delay before an answer: fixed, or random within a range. */
type Latency = number | { readonly min: number; readonly max: number };

/** The source of time of the simulator. */
type ClockOption = 'real' | 'manual' | Clock;

/** Options for the network between client and simulator, for time, and for the log of calls. */
const transportOptions = {
  latencyMs: special<Latency>(
    0,
    'Delay of every answer: a number, or {min, max} for a random one.',
    isLatency,
  ),
  clock: {
    ...special<ClockOption>('real', 'Time runs (real) or stands until it is advanced (manual).', isClock),
    runtime: false,
  },
  rateLimitHeaders: flag(true, 'Answers carry the X-RateLimit headers, and Retry-After on daily limits.'),
  errorRate: share(0, 'Share of calls answered with a random 500, 502, 503 or 504.'),
  dropRate: share(0, 'Share of calls whose connection is dropped, half of them after processing.'),
  faults: {
    ...special<readonly FaultRule[]>([], 'Faults that are active from the start.', areFaults),
    runtime: false,
  },
  requestLogSize: integer(100_000, 'Calls that the request log keeps; the oldest are forgotten first.'),
} as const;

function isLatency(given: unknown): boolean {
  if (typeof given === 'number') return given >= 0;
  if (typeof given !== 'object' || given === null) return false;
  const { min, max } = given as { min?: unknown; max?: unknown };
  return typeof min === 'number' && typeof max === 'number' && min >= 0 && max >= min;
}

function areFaults(given: unknown): boolean {
  return Array.isArray(given) && given.every((fault) => faultProblems(fault).length === 0);
}

function isClock(given: unknown): boolean {
  if (given === 'real' || given === 'manual') return true;
  return typeof given === 'object' && given !== null && 'now' in given && 'advance' in given;
}

/** Every option of the simulator with its default and description. */
export const simulatorOptions = {
  ...accountOptions,
  ...behaviourOptions,
  ...scimOptions,
  ...transportOptions,
} as const;

type Table = typeof simulatorOptions;

/** Names of the options. */
type OptionName = keyof Table;

/** A complete set of options. */
export type SimulatorOptions = {
  readonly [Name in OptionName]: Table[Name] extends OptionRow<infer T> ? T : never;
};

/** The defaults of all options. */
const defaultOptions: SimulatorOptions = Object.fromEntries(
  Object.entries(simulatorOptions).map(([name, row]) => [name, row.default]),
) as unknown as SimulatorOptions;

/**
 * Checks options and adds the defaults. A value of `undefined` counts as not given.
 * @throws RangeError that names every unknown option and every invalid value.
 */
export function completeOptions(given: Partial<SimulatorOptions>): SimulatorOptions {
  const problems = optionProblems(given, false);
  if (problems.length > 0) throw new RangeError(problems.join(' '));
  const present = Object.entries(given as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return { ...defaultOptions, ...Object.fromEntries(present) };
}

/** One sentence for each mistake in a set of options. With `running`, it also refuses options for the start only. */
export function optionProblems(given: object, running: boolean): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (!isOptionName(name)) return [`Unknown option: ${name}.`];
    const row: OptionRow<unknown> = simulatorOptions[name];
    if (running && !row.runtime) return [`Option ${name} can only be set at the start.`];
    return row.accepts(value) ? [] : [`Option ${name} cannot be ${JSON.stringify(value)}.`];
  });
}

function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(simulatorOptions, name);
}
