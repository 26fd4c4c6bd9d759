import type { Call } from '../../connector/object-class/call.js';
import type { Otherwise } from '../../connector/object-class/plan.js';
import type { Values } from '../../connid/attribute.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { encodeFields } from '../kit/binding.js';
import { mayConcernOneValue } from '../kit/refused-value.js';
import { updateUser } from './calls.js';
import { customAttributesBody } from './custom-attributes.js';
import type { UserStepInput } from './policy/prepare-update.js';

type Changes = ReadonlyMap<string, ResolvedChange>;

/** Attributes that Zoom takes only together. Custom attributes are one list. */
const together: readonly (readonly string[])[] = [['PHONE_NUMBER', 'PHONE_COUNTRY']];

/** The PATCH of the profile with these changes. */
export function profileCall(changes: Changes, { bindings, custom, userId }: UserStepInput): Call {
  const values = new Map<string, Values>([...changes].map(([name, { after }]) => [name, after]));
  const body = { ...encodeFields(bindings, values), ...customAttributesBody(changes, custom) };
  return { ...updateUser(userId, body, 'change the profile'), writes: [...changes.keys()] };
}

/**
 * One call for each change, for when Zoom has refused the call that makes them all: the other ones need not share the
 * fate of the refused one. `undefined` when there is nothing to separate.
 */
export function profileApart(changes: Changes, input: UserStepInput): Otherwise | undefined {
  const units = unitsOf(changes, input);
  if (units.length < 2) return undefined;
  return { when: mayConcernOneValue, calls: units.map((unit) => profileCall(unit, input)) };
}

function unitsOf(changes: Changes, { bindings }: UserStepInput): readonly Changes[] {
  const units = new Map<string, Map<string, ResolvedChange>>();
  for (const [name, change] of changes) {
    const unit = bindings[name]?.field === undefined ? 'custom' : leaderOf(name);
    units.set(unit, (units.get(unit) ?? new Map<string, ResolvedChange>()).set(name, change));
  }
  return [...units.values()];
}

function leaderOf(attribute: string): string {
  return together.find((names) => names.includes(attribute))?.[0] ?? attribute;
}
