import type { ResolvedChange } from '../../../connid/delta.js';
import type { Values } from '../../../connid/attribute.js';
import type { ConnectorError } from '../../../connid/errors.js';
import type { Call } from '../../../connector/object-class/call.js';
import type { Otherwise, Step } from '../../../connector/object-class/plan.js';
import { chunks } from '../../kit/reads.js';
import { namingWhatWasRefused } from '../../kit/refused-value.js';
import { updateUser } from '../calls.js';
import type { PhoneStep } from './bindings.js';
import * as calls from './calls.js';
import { canonicalNumber, toE164 } from './numbers-and-plans.js';
import type { PhonePlan } from './plan-phone.js';

/** Zoom's limits per call and per user: https://developers.zoom.us/docs/api/phone/ */
const numbersPerCall = 10;
const numbersPerUser = 10;
const plansPerCall = 150;

/** Input of the phone steps. */
export interface PhoneStepInput {
  readonly userId: string;
  readonly phone: PhonePlan;
}

type Changes = ReadonlyMap<string, ResolvedChange>;
type PhoneStepRow = Step<PhoneStepInput> & { readonly name: PhoneStep };

const onceThere = ['activate', 'phoneFeature', 'phoneRecord'] as const;

/** The steps that write what belongs to Zoom Phone, in the order in which they run. */
export const phoneSteps: readonly PhoneStepRow[] = [
  {
    name: 'phoneFeature',
    dependsOn: ({ phone }) => (phone.turn === 'on' && phone.bundled ? ['activate', 'licence'] : ['activate']),
    calls: featureCalls,
  },
  {
    name: 'phoneRecord',
    dependsOn: ['activate', 'phoneFeature'],
    calls: (changes, { phone, userId }) =>
      phone.awaited && changes.size > 0 ? [calls.awaitPhoneUser(userId)] : [],
  },
  { name: 'phoneProfile', dependsOn: onceThere, calls: whileKept(profileCalls) },
  {
    name: 'callingPlans',
    dependsOn: onceThere,
    calls: whileKept(planCalls),
    otherwise: planCallsWithoutRoom,
  },
  { name: 'phoneNumbers', dependsOn: onceThere, calls: whileKept(numberCalls) },
];

function featureCalls(_: Changes, { phone, userId }: PhoneStepInput): readonly Call[] {
  if (phone.turn === undefined) return [];
  if (phone.turn === 'on' && phone.bundled) return [calls.assignBundledPhone(userId)];
  const body = { feature: { zoom_phone: phone.turn === 'on' } };
  const call = updateUser(userId, body, `switch Zoom Phone ${phone.turn}`);
  return [{ ...call, refused: namingWhatWasRefused({ kind: 'licence', value: 'Zoom Phone' }) }];
}

/** With the feature going off everything that belongs to it goes, too. */
function whileKept(make: PhoneStepRow['calls']): PhoneStepRow['calls'] {
  return (changes, input) => (input.phone.turn === 'off' || changes.size === 0 ? [] : make(changes, input));
}

function profileCalls(changes: Changes, { phone, userId }: PhoneStepInput): readonly Call[] {
  const extension = changes.get('EXTENSION_NUMBER')?.after[0];
  const status = changes.get('ZOOM_PHONE_STATUS')?.after[0];
  const { site } = phone;
  const movesTo = [...changes.keys()].some((name) => name.startsWith('SITE_')) ? site : undefined;
  const body = {
    ...(extension !== undefined && { extension_number: String(extension) }),
    ...(movesTo !== undefined && { site_id: movesTo.id }),
  };
  const subjects = [
    ...(extension === undefined ? [] : [{ kind: 'extension', value: String(extension) }]),
    ...(movesTo === undefined ? [] : [movesTo.subject]),
  ];
  return [
    ...(subjects.length === 0 ? [] : [calls.updatePhoneUser(userId, body, subjects)]),
    ...(status === undefined ? [] : [calls.updatePhoneStatus(userId, String(status))]),
  ];
}

/** One removed and one added is a swap. Otherwise additions come first, so that the user is never without a plan. */
function planCalls(changes: Changes, { userId }: PhoneStepInput): readonly Call[] {
  const { add, remove } = planParts(changes, userId);
  if (!isSwap(changes)) return [...add, ...remove];
  const { added, removed } = changes.get('ZOOM_PHONE_CALLING_PLANS') ?? {};
  return [calls.swapPlan(userId, Number(removed?.[0]), Number(added?.[0]))];
}

/** When no licence is free for an addition, releases come first. */
function planCallsWithoutRoom(changes: Changes, { userId }: PhoneStepInput): Otherwise | undefined {
  const { add, remove } = planParts(changes, userId);
  if (add.length !== 1 || remove.length === 0 || isSwap(changes)) return undefined;
  return { when: isShortage, calls: [...remove, ...add] };
}

/** Zoom refuses with 400 when a licence is missing, and with 404 when the object does not exist. */
function isShortage({ details, kind }: ConnectorError): boolean {
  return kind === 'preconditionFailed' && details.upstream?.status === 400;
}

function isSwap(changes: Changes): boolean {
  const { added, removed } = changes.get('ZOOM_PHONE_CALLING_PLANS') ?? {};
  return added?.length === 1 && removed?.length === 1;
}

function planParts(changes: Changes, userId: string): { add: readonly Call[]; remove: readonly Call[] } {
  const change = changes.get('ZOOM_PHONE_CALLING_PLANS');
  return {
    add: chunks(numbersIn(change?.added), plansPerCall).map((types) => calls.assignPlans(userId, types)),
    remove: numbersIn(change?.removed).map((type) => calls.removePlan(userId, type)),
  };
}

/** Additions come first, unless the user would then have more numbers than Zoom allows. */
function numberCalls(changes: Changes, { phone, userId }: PhoneStepInput): readonly Call[] {
  const { added = [], removed = [] } = changes.get('ZOOM_PHONE_NUMBERS') ?? {};
  const add = chunks(added.map(toE164), numbersPerCall).map((part) => calls.assignNumbers(userId, part));
  const remove = removed.map((value) => {
    const number = toE164(value);
    const held = phone.numbers.find((entry) => canonicalNumber(entry.number) === canonicalNumber(number));
    return calls.removeNumber(userId, held ?? { number });
  });
  const fits = phone.numbers.length + added.length <= numbersPerUser;
  return fits ? [...add, ...remove] : [...remove, ...add];
}

function numbersIn(values: Values = []): readonly number[] {
  return values.map(Number);
}
