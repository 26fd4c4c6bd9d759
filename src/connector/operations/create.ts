import { resolveChange } from '../../connid/delta.js';
import { ConnectorError, toConnectorError } from '../../connid/errors.js';
import { readCreateAttributes } from '../../connid/input.js';
import type { CreateAnswer, CreateRequest, Warning } from '../connector.js';
import type { OperationContext } from '../context.js';
import { openSession } from '../object-class/call.js';
import { holdLock } from '../traced-waits.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { CreatePlan } from '../object-class/creatable.js';
import { emptyPlan } from '../object-class/plan.js';
import type { ObjectKey } from '../object-class/readable.js';
import { noOutcome, type Outcome } from '../writes/execute-plan.js';
import { adopt } from './adopt.js';
import { applyVerified, type Situation, situationOf } from './apply-changes.js';
import {
  type Creation,
  existsAlready,
  nameTakenBySomebody,
  nameTakenElsewhere,
  refuseProtected,
} from './creation.js';
import { lockKey } from './object-state.js';
import { creatableClass, type OperationParts } from './operation-parts.js';
import { publicOutcome, publicWarnings } from './public-outcome.js';

/** The object that the create call made. */
export interface Created {
  readonly uid: string;
  readonly name: string;
  readonly warnings: readonly Warning[];
}

/**
 * Applies the attributes that the create call does not take. If that fails, the object stays, because undoing the
 * create would withdraw the person's invitation.
 * @throws ConnectorError `retryable` with uid, applied, notApplied and the step's error as cause.
 */
async function finishCreate(
  creation: Creation,
  { covered }: CreatePlan,
  created: Created,
): Promise<CreateAnswer> {
  const { attributes, objectClass } = creation;
  const { view } = objectClass;
  const requested = [...attributes].map(([attribute, replace]) => ({ attribute, replace }));
  const changes = requested.filter(({ attribute }) => !covered.has(attribute));
  const made = requested
    .filter((change) => !changes.includes(change))
    .map((change) => resolveChange(view.declarationOf(change.attribute), change, []));
  try {
    const read = (sources: ReadonlySet<string>) => readCreated(creation, created.uid, sources);
    const situation =
      changes.length === 0 ? nothingToPlan : await situationOf(objectClass, changes, 'create', read);
    const uid = situation.state?.found.uid ?? created.uid;
    const { outcome } = await applyVerified(creation, uid, changes, { ...situation, made });
    if (outcome.error !== undefined) throw unfinished(creation, uid, outcome);
    const warnings = [...created.warnings, ...publicWarnings(view, outcome.warnings)];
    return { uid, name: created.name, adopted: false, warnings };
  } catch (thrown) {
    const error = toConnectorError(thrown);
    if (error.details.uid !== undefined) throw error;
    const [applied, notApplied] = [namesOf(made), namesOf(changes)];
    throw unfinished(creation, created.uid, { ...noOutcome, applied, notApplied, error });
  }
}

/** The create call took every attribute. */
const nothingToPlan: Situation = {
  occasion: 'create',
  planner: { needs: 'nothing', plan: () => Promise.resolve(emptyPlan) },
};

function namesOf(changes: readonly { readonly attribute: string }[]): readonly string[] {
  return changes.map(({ attribute }) => attribute);
}

async function readCreated(
  { objectClass, name, session }: Creation,
  uid: string,
  sources: ReadonlySet<string>,
): Promise<FoundObject> {
  const key = { attribute: '__UID__', value: uid, nameHint: name };
  const found = await objectClass.read.find(key, sources, session);
  if (found !== undefined) return found;
  throw new ConnectorError('connectorIO', 'The object was created, but cannot be read back yet.');
}

function unfinished(creation: Creation, uid: string, outcome: Outcome): ConnectorError {
  return new ConnectorError(
    'retryable',
    `The ${creation.objectClass.view.name} was created, but not every attribute was applied.`,
    {
      uid,
      ...publicOutcome(creation.objectClass.view, outcome),
      hint: 'Update the object with the attributes in notApplied and unknown, or repeat the create with duplicateErrorReturnsId.',
      ...(outcome.error?.details.retryAfter !== undefined && {
        retryAfter: outcome.error.details.retryAfter,
      }),
      ...(outcome.error !== undefined && { cause: outcome.error }),
    },
  );
}

/**
 * Create: looks the name up, makes the object, and updates it with the attributes that the create call does not take.
 * If the object already exists, Create fails or adopts it, as configured.
 */
export async function create(
  parts: OperationParts,
  request: CreateRequest,
  context: OperationContext,
): Promise<CreateAnswer> {
  const objectClass = creatableClass(parts, request.objectClass);
  const attributes = readCreateAttributes(objectClass.view, request.attributes, request.tolerant);
  const name = String(attributes.get('__NAME__')?.[0]);
  const session = openSession(parts.target, context);
  const creation: Creation = { parts, objectClass, attributes, name, session };
  const key = lockKey(objectClass, `name/${name.toLowerCase()}`);
  return holdLock(parts.lock, key, () => createOrAdopt(creation), context);
}

async function createOrAdopt(creation: Creation): Promise<CreateAnswer> {
  const { attributes, objectClass, session } = creation;
  // Refuses an impossible request before the first call.
  objectClass.create.plan(attributes, session);
  const existing = await lookUp(creation);
  if (existing !== undefined) return collide(creation, existing);
  await objectClass.create.check?.(attributes, session);
  const plan = objectClass.create.plan(attributes, session);
  let answer: unknown;
  try {
    answer = await session.send(plan.call);
  } catch (thrown) {
    return collideOrFail(creation, withDoubt(creation, toConnectorError(thrown)));
  }
  const created = await createdOf(creation, answer);
  const { parts } = creation;
  parts.writes.created({ objectClass: objectClass.view.name, uid: created.uid });
  const finish = () => finishCreate(creation, plan, created);
  return holdLock(parts.lock, lockKey(objectClass, created.uid), finish, session.context);
}

/** If the create call may have made the object, every attribute of the request is in doubt. */
function withDoubt({ attributes, objectClass: { view } }: Creation, error: ConnectorError): ConnectorError {
  if (error.details.mayHaveHappened !== true) return error;
  return error.with(publicOutcome(view, { ...noOutcome, unknown: [...attributes.keys()] }));
}

/**
 * Called when the target says that the name is taken although the look-up found nothing: another client was faster, or
 * the name belongs to another account.
 */
async function collideOrFail(creation: Creation, error: ConnectorError): Promise<CreateAnswer> {
  if (error.kind !== 'alreadyExists') throw error;
  const everywhere = { alsoSearchListings: new Set([creation.name]), nameTaken: true } as const;
  const existing = await lookUp(creation, everywhere).catch((thrown: unknown) => {
    throw creation.session.context.signal.aborted ? thrown : nameTakenBySomebody(error, thrown);
  });
  if (existing !== undefined) return collide(creation, existing);
  throw nameTakenElsewhere(creation.objectClass.create, error);
}

async function lookUp(
  { name, objectClass, session }: Creation,
  how: Pick<ObjectKey, 'alsoSearchListings' | 'nameTaken'> = {},
): Promise<FoundObject | undefined> {
  const key: ObjectKey = { attribute: '__NAME__', value: name, beforeCreate: true, ...how };
  return objectClass.read.find(key, objectClass.create.adoption.sources, session);
}

async function collide(creation: Creation, existing: FoundObject): Promise<CreateAnswer> {
  const { parts, objectClass } = creation;
  if (!parts.settings.duplicateErrorReturnsId) {
    const hint = 'Set service.duplicateErrorReturnsId to adopt existing objects.';
    throw existsAlready(objectClass, existing, hint);
  }
  refuseProtected(objectClass, existing);
  return adopt(creation, existing);
}

/** The new object's uid and name. If the answer contains no uid, it looks the object up by name. */
async function createdOf(creation: Creation, answer: unknown): Promise<Created> {
  const { uid, name = creation.name } = creation.objectClass.create.created(answer);
  if (uid !== undefined) return { uid, name, warnings: [] };
  const { targetName } = creation.parts.settings;
  const found = await lookUp(creation);
  const warning = {
    code: 'NO_ID_IN_ANSWER',
    message: `${targetName} created the object but returned no id; the uid comes from a look-up by name.`,
    attributes: [],
  };
  return { uid: found?.uid ?? name.toLowerCase(), name, warnings: [warning] };
}
