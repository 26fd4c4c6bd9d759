import type { Call } from '../../connector/object-class/call.js';
import type { Otherwise } from '../../connector/object-class/plan.js';
import type { Values } from '../../connid/attribute.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { encodeFields } from '../kit/binding.js';
import { eachApart } from '../kit/refused-value.js';
import { updateUser } from './calls.js';
import { customAttributesBody } from './custom-attributes.js';
import type { UserStepInput } from './policy/prepare-update.js';

type Changes = ReadonlyMap<string, ResolvedChange>;

/** Attributes that Zoom takes only together. */
const together: readonly (readonly string[])[] = [['PHONE_NUMBER', 'PHONE_COUNTRY']];

/** The PATCH of the profile with these changes. */
export function profileCall(changes: Changes, { bindings, custom, userId }: UserStepInput): Call {
  const values = new Map<string, Values>([...changes].map(([name, { after }]) => [name, after]));
  const body = { ...encodeFields(bindings, values), ...customAttributesBody(changes, custom) };
  return { ...updateUser(userId, body, 'change the profile'), writes: [...changes.keys()] };
}

/** One call for each change, where one of them may be refused. Custom attributes are one list. */
export function profileApart(changes: Changes, input: UserStepInput): Otherwise | undefined {
  const unitOf = (name: string) => (input.bindings[name]?.field === undefined ? 'custom' : leaderOf(name));
  return eachApart(changes, unitOf, (unit) => profileCall(unit, input));
}

function leaderOf(attribute: string): string {
  return together.find((names) => names.includes(attribute))?.[0] ?? attribute;
}
