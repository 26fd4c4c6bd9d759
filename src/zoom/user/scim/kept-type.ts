import type { Warning } from '../../../connector/connector.js';
import type { Step } from '../../../connector/object-class/plan.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { read, textAt } from '../../kit/json.js';
import { updateUser } from '../calls.js';
import type { ScimStepInput } from './replacement-calls.js';

/** The type None, for which SCIM has no word: it shows the user as one of type 4. */
const none = 99;

/** SCIM's word for type 4. */
const ambiguous = 'collaboration';

type KeptInput = Pick<ScimStepInput, 'allChanges' | 'deactivate' | 'present' | 'tables'>;

/** True if a PUT is sent, and nothing else decides the type of the user. */
function carriesType({ allChanges, deactivate, tables }: KeptInput): boolean {
  const replaces = [...allChanges.keys()].some((attribute) => tables.fields[attribute] !== undefined);
  return replaces && !deactivate && !allChanges.has('TYPE');
}

/** The step that gives a user of type 99 the type back that a PUT over SCIM takes away. */
export const keptType: Step<ScimStepInput> = {
  name: 'keptType',
  dependsOn: ['activate'],
  restores: (input) => (takesTypeAway(input) ? ['TYPE'] : []),
  calls: (_, input) =>
    takesTypeAway(input) ? [updateUser(input.userId, { type: none }, 'restore the type after the PUT')] : [],
};

function takesTypeAway(input: KeptInput): boolean {
  const [type] = read.integer('type')(input.present.found.records.get('user')) ?? [];
  return type === none && carriesType(input);
}

/**
 * The warning for a PUT that may have taken a type away, where REST may not be used: SCIM shows two types alike.
 * @param changes - the changes of the update.
 */
export function typeWarnings(
  changes: readonly ResolvedChange[],
  input: Omit<KeptInput, 'allChanges'>,
): readonly Warning[] {
  const { found, user } = input.present;
  const allChanges = new Map(changes.map((change) => [change.attribute, change]));
  const word = textAt(user.resource, 'userType')?.toLowerCase();
  if (found.records.has('user') || word !== ambiguous || !carriesType({ ...input, allChanges })) return [];
  const message =
    'SCIM shows the types 4 and 99 alike, and an update carries the type. A user of type 99 now has type 4.';
  return [{ code: 'TYPE_NOT_KEPT', message, attributes: ['TYPE'] }];
}
