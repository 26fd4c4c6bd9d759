import type { ResolvedChange } from '../../../connid/delta.js';
import type { Values } from '../../../connid/attribute.js';
import type { ConnectorError } from '../../../connid/errors.js';
import type { Call } from '../../../connector/object-class/call.js';
import type { Body } from '../../../connector/object-class/endpoint.js';
import type { Otherwise, Step } from '../../../connector/object-class/plan.js';
import { chunks } from '../../kit/reads.js';
import { mayConcernOneValue, namingWhatWasRefused, type Subject } from '../../kit/refused-value.js';
import { updateUser } from '../calls.js';
import type { PhoneStep } from './bindings.js';
import * as calls from './calls.js';
import { canonicalNumber, toE164 } from './numbers-and-plans.js';
import type { PhonePlan } from './plan-phone.js';
import { siteAttributes } from './sites.js';

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
  {
    name: 'phoneProfile',
    dependsOn: onceThere,
    independent: true,
    calls: whileKept(profileCalls),
    otherwise: profileApart,
  },
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

/** A field of the phone profile, with the attributes that it writes. */
interface PhoneField {
  readonly writes: readonly string[];
  readonly body: Body;
  readonly subject: Subject;
}

function profileFields(changes: Changes, { phone: { site } }: PhoneStepInput): readonly PhoneField[] {
  const extension = changes.get('EXTENSION_NUMBER')?.after[0];
  const places = [...changes.keys()].filter((name) => siteAttributes.includes(name));
  const value = String(extension);
  const number = { extension_number: value };
  const subject = { kind: 'extension', value };
  return [
    ...(extension === undefined ? [] : [{ writes: ['EXTENSION_NUMBER'], body: number, subject }]),
    ...(places.length === 0 || site === undefined
      ? []
      : [{ writes: places, body: { site_id: site.id }, subject: site.subject }]),
  ];
}

function profileCall(userId: string, fields: readonly PhoneField[]): Call {
  const body = Object.assign({}, ...fields.map((field) => field.body)) as Body;
  const call = calls.updatePhoneUser(
    userId,
    body,
    fields.map(({ subject }) => subject),
  );
  return { ...call, writes: fields.flatMap(({ writes }) => writes) };
}

function statusCalls(changes: Changes, userId: string): readonly Call[] {
  const status = changes.get('ZOOM_PHONE_STATUS')?.after[0];
  if (status === undefined) return [];
  return [{ ...calls.updatePhoneStatus(userId, String(status)), writes: ['ZOOM_PHONE_STATUS'] }];
}

/** One call for site and extension, since an extension belongs to its site. */
function profileCalls(changes: Changes, input: PhoneStepInput): readonly Call[] {
  const fields = profileFields(changes, input);
  const profile = fields.length === 0 ? [] : [profileCall(input.userId, fields)];
  return [...profile, ...statusCalls(changes, input.userId)];
}

/** First the site, then the extension, for when Zoom has refused them together. */
function profileApart(changes: Changes, input: PhoneStepInput): Otherwise | undefined {
  const { userId } = input;
  const fields = profileFields(changes, input);
  if (input.phone.turn === 'off' || fields.length < 2) return undefined;
  const apart = fields.toReversed().map((field) => profileCall(userId, [field]));
  return { when: mayConcernOneValue, calls: [...apart, ...statusCalls(changes, userId)] };
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
  // Backwards, so that the first of several entries with the same number counts.
  const held = new Map(phone.numbers.toReversed().map((entry) => [canonicalNumber(entry.number), entry]));
  const remove = removed.map((value) => {
    const number = toE164(value);
    return calls.removeNumber(userId, held.get(canonicalNumber(number)) ?? { number });
  });
  const fits = phone.numbers.length + added.length <= numbersPerUser;
  return fits ? [...add, ...remove] : [...remove, ...add];
}

function numbersIn(values: Values = []): readonly number[] {
  return values.map(Number);
}
