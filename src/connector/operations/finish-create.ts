import { type Change, resolveChange } from '../../connid/delta.js';
import { ConnectorError, toConnectorError } from '../../connid/errors.js';
import type { CreateAnswer, Warning } from '../connector.js';
import type { Outcome } from '../writes/execute-plan.js';
import type { CreatePlan } from '../object-class/object-class.js';
import { applyVerified } from './apply-verified.js';
import type { Creation } from './creation.js';
import { type ObjectState, toState } from './object-state.js';
import { shownOutcome, shownWarnings } from './update-delta.js';

/** What the create call told. */
export interface Created {
  readonly uid: string;
  readonly name: string;
  readonly warnings: readonly Warning[];
}

/**
 * Applies the attributes that the create call does not take.
 * @throws ConnectorError `retryable` with uid, applied, notApplied and the step's error as cause when that fails:
 * the object stays, because undoing would withdraw the person's invitation.
 */
export async function finishCreate(
  creation: Creation,
  { covered }: CreatePlan,
  created: Created,
): Promise<CreateAnswer> {
  const { attributes, objectClass } = creation;
  const { view } = objectClass;
  const given = [...attributes].map(([attribute, replace]) => ({ attribute, replace }));
  const changes = given.filter(({ attribute }) => !covered.has(attribute));
  const made = given
    .filter((change) => !changes.includes(change))
    .map((change) => resolveChange(view.declarationOf(change.attribute), change, []));
  try {
    const state = changes.length === 0 ? undefined : await readCreated(creation, created.uid, changes);
    const uid = state?.found.uid ?? created.uid;
    const { outcome } = await applyVerified(creation, uid, changes, { state, occasion: 'create', made });
    if (outcome.error !== undefined) throw unfinished(creation, uid, outcome);
    const warnings = [...created.warnings, ...shownWarnings(view, outcome.warnings)];
    return { uid, name: created.name, adopted: false, warnings };
  } catch (thrown) {
    const error = toConnectorError(thrown);
    if (error.details.uid !== undefined) throw error;
    const [applied, notApplied] = [namesOf(made), namesOf(changes)];
    throw unfinished(creation, created.uid, { applied, notApplied, warnings: [], error });
  }
}

function namesOf(changes: readonly { readonly attribute: string }[]): readonly string[] {
  return changes.map(({ attribute }) => attribute);
}

async function readCreated(
  { objectClass, name, session }: Creation,
  uid: string,
  changes: readonly Change[],
): Promise<ObjectState | undefined> {
  const sources = objectClass.stateSources(changes);
  if (sources === undefined) return undefined;
  const found = await objectClass.find(
    { attribute: '__UID__', value: uid, nameHint: name },
    sources,
    session,
  );
  if (found !== undefined) return toState(objectClass, found);
  throw new ConnectorError('connectorIO', 'The object was created, but can not be read back yet.');
}

function unfinished(creation: Creation, uid: string, outcome: Outcome): ConnectorError {
  return new ConnectorError(
    'retryable',
    `The ${creation.objectClass.view.name} was created, but not every attribute was applied.`,
    {
      uid,
      ...shownOutcome(creation.objectClass.view, outcome),
      hint: 'Update the object with the attributes in notApplied, or repeat the create with duplicateErrorReturnsId.',
      ...(outcome.error?.details.retryAfter !== undefined && {
        retryAfter: outcome.error.details.retryAfter,
      }),
      ...(outcome.error !== undefined && { cause: outcome.error }),
    },
  );
}
