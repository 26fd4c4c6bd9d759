import type { AttributeDeclaration, Attributes } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { ConnectorError } from '../../../connid/errors.js';
import type { Warning } from '../../../connector/connector.js';
import type { Occasion } from '../../../connector/object-class/updateable.js';
import type { SideEffect } from '../../../connector/object-class/plan.js';
import type { Json } from '../../kit/json.js';
import { phoneAttributes } from './attributes.js';
import { numbersOf, type PhoneNumber } from './numbers-and-plans.js';
import { namesSite, siteAttributes, type ResolvedSite, resolveSite } from './sites.js';

/** Input of the phone steps. */
export interface PhonePlan {
  /** The switch of the feature; missing when it stays as it is. */
  readonly turn?: 'on' | 'off';
  /** True if the user's bundle includes Zoom Phone. */
  readonly bundled: boolean;
  /** True if the phone record will exist only after a moment. */
  readonly awaited: boolean;
  readonly site?: ResolvedSite;
  /** Numbers the user has, with the ids Zoom knows them by. */
  readonly numbers: readonly PhoneNumber[];
}

/** Input of the phone part of a plan. */
interface PhoneInput {
  /** The changes that will be made, of all attributes. */
  readonly changes: readonly ResolvedChange[];
  /** Everything that was asked for, even where it leaves the user as it is. */
  readonly requested: readonly ResolvedChange[];
  /** The user's present attributes. */
  readonly present: Attributes;
  /** The user's phone record, if it was read. */
  readonly record: unknown;
  /** The phone sites of the account, where they are needed. */
  readonly sites: readonly Json[];
  readonly occasion: Occasion;
  /** Values of `ZOOM_ONE_TYPE` whose bundle brings Zoom Phone along. */
  readonly bundleTypes: readonly string[];
}

/** The phone part of a plan. */
interface PlannedPhone {
  /** The changes that remain to be made, of all attributes. */
  readonly changes: readonly ResolvedChange[];
  readonly phone: PhonePlan;
  readonly warnings: readonly Warning[];
  readonly sideEffects: readonly SideEffect[];
}

/** True for attributes of Zoom Phone. */
export function isPhoneAttribute(attribute: string): boolean {
  return attribute in phoneAttributes;
}

/**
 * True if a change asks for nothing in the end: no phone for a user who has none, or no site by one attribute where
 * another one names it.
 * @param asked - all changes of the request.
 */
export function isIdle(
  { after, attribute, before }: ResolvedChange,
  asked: readonly ResolvedChange[],
): boolean {
  if (attribute === 'ZOOM_PHONE_FEATURE') return before?.[0] === false && after[0] !== true;
  return siteAttributes.includes(attribute) && after.length === 0 && namesSite(asked);
}

/**
 * Plans the phone part of an update. A user who gets one starts with an empty record; one who loses it loses
 * everything that belongs to it.
 * @throws ConnectorError `preconditionFailed` for a user without phone, `invalidAttributeValue` for sites that are
 * unknown or contradict each other and for values that a phone user cannot be without.
 */
export function planPhone(input: PhoneInput): PlannedPhone {
  const { requested, changes, occasion, present, record, sites } = input;
  const own = changes.filter(({ attribute }) => isPhoneAttribute(attribute));
  const phone = { bundled: isBundled(input), awaited: false, numbers: numbersOf(record) };
  const untouched = { changes, phone, warnings: [], sideEffects: [] };
  if (own.length === 0) return untouched;
  if (requested.some(endsPhone)) return planEnd(input, own, phone);
  const isSwitched = own.some(({ attribute }) => attribute === 'ZOOM_PHONE_FEATURE');
  const hasPhone = present.get('ZOOM_PHONE_FEATURE')?.[0] === true;
  const awaited = !hasPhone && (isSwitched || occasion === 'create');
  if (!hasPhone && !awaited) throw withoutPhone(own);
  refuseClearing(own);
  const site = resolveSite(requested, sites);
  const turn = isSwitched && { turn: 'on' as const };
  return { ...untouched, phone: { ...phone, awaited, ...turn, ...(site !== undefined && { site }) } };
}

/** A user without phone loses every phone attribute of the request, and no call is made. */
function planEnd(
  { requested, changes }: PhoneInput,
  own: readonly ResolvedChange[],
  phone: PhonePlan,
): PlannedPhone {
  const ends = changes.some(endsPhone);
  return {
    changes: ends ? changes : changes.filter((change) => !own.includes(change)),
    phone: ends ? { ...phone, turn: 'off' } : phone,
    ...lostWithPhone(requested),
  };
}

function endsPhone({ after, attribute }: ResolvedChange): boolean {
  return attribute === 'ZOOM_PHONE_FEATURE' && after[0] !== true;
}

function isBundled({ bundleTypes, changes, present }: PhoneInput): boolean {
  const change = changes.find(({ attribute }) => attribute === 'ZOOM_ONE_TYPE');
  const type = (change?.after ?? present.get('ZOOM_ONE_TYPE'))?.[0];
  return type !== undefined && bundleTypes.includes(String(type));
}

/** Values requested together with the end of the phone are lost. Requests to remove values are fulfilled by it. */
function lostWithPhone(changes: readonly ResolvedChange[]): Pick<PlannedPhone, 'warnings' | 'sideEffects'> {
  const attributes = changes
    .filter((change) => isPhoneAttribute(change.attribute) && change.wanted.length > 0)
    .map(({ attribute }) => attribute)
    .filter((attribute) => attribute !== 'ZOOM_PHONE_FEATURE');
  if (attributes.length === 0) return { warnings: [], sideEffects: [] };
  const message =
    'Zoom takes these away when Zoom Phone is switched off, so what was asked for is not there.';
  return {
    warnings: [{ code: 'LOST_WITH_PHONE', message, attributes }],
    sideEffects: attributes.map((attribute) => ({ attribute, values: [] })),
  };
}

function withoutPhone(changes: readonly ResolvedChange[]): ConnectorError {
  return new ConnectorError('preconditionFailed', 'The user has no Zoom Phone.', {
    hint: 'Set ZOOM_PHONE_FEATURE to true in the same update.',
    applied: [],
    notApplied: changes.map(({ attribute }) => attribute),
  });
}

const declarations: Readonly<Record<string, AttributeDeclaration>> = phoneAttributes;

function refuseClearing(changes: readonly ResolvedChange[]): void {
  const cleared = changes.find(
    ({ after, attribute }) => after.length === 0 && declarations[attribute]?.clearedWith !== undefined,
  );
  if (cleared === undefined) return;
  throw new ConnectorError(
    'invalidAttributeValue',
    `${cleared.attribute} of a phone user cannot be cleared.`,
    {
      hint: 'Zoom gives every phone user a site, an extension and a status. Set ZOOM_PHONE_FEATURE to false to end the phone.',
    },
  );
}
