import type { Change } from '../../connid/delta.js';
import { ConnectorError, toConnectorError } from '../../connid/errors.js';
import type { CreateAnswer, Warning } from '../connector.js';
import type { Outcome } from '../execute-plan.js';
import type { CreatePlan } from '../object-class.js';
import { applyChanges } from './apply-changes.js';
import type { Creation } from './creation.js';
import { type ObjectState, toState } from './read-state.js';
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
  made: CreatePlan,
  created: Created,
): Promise<CreateAnswer> {
  const { attributes, objectClass } = creation;
  const changes = [...attributes]
    .filter(([attribute]) => !made.covered.has(attribute))
    .map(([attribute, replace]) => ({ attribute, replace }));
  const answer = { uid: created.uid, name: created.name, adopted: false };
  if (changes.length === 0) return { ...answer, warnings: created.warnings };
  const covered = [...made.covered].filter((attribute) => attributes.has(attribute));
  try {
    const state = await readCreated(creation, created.uid, changes);
    const uid = state?.found.uid ?? created.uid;
    const { outcome } = await applyChanges(creation, uid, changes, { state, occasion: 'create' });
    const warnings = [...created.warnings, ...shownWarnings(objectClass.view, outcome.warnings)];
    if (outcome.error === undefined) return { ...answer, uid, warnings };
    throw unfinished(creation, created.uid, { ...outcome, applied: [...covered, ...outcome.applied] });
  } catch (thrown) {
    const error = toConnectorError(thrown);
    if (error.details.uid !== undefined) throw error;
    const notApplied = changes.map(({ attribute }) => attribute);
    throw unfinished(creation, created.uid, { applied: covered, notApplied, warnings: [], error });
  }
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
