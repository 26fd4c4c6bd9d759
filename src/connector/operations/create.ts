import { readCreateAttributes } from '../../connid/create-attributes.js';
import { type ConnectorError, toConnectorError } from '../../connid/errors.js';
import type { CreateAnswer, CreateRequest } from '../connector.js';
import type { OperationContext } from '../context.js';
import type { FoundObject, ObjectKey } from '../object-class/object-class.js';
import { openSession } from '../session.js';
import { adopt, existsAlready, refuseProtected } from './adopt.js';
import type { Creation } from './creation.js';
import { type Environment, objectClassFor } from './operation-parts.js';
import { type Created, finishCreate } from './finish-create.js';
import { lockKey } from './locked.js';
import { takenElsewhere } from './taken-elsewhere.js';

/**
 * Create: looks the name up, then creates; what the create call does not take follows as an update. An object that
 * is there already is a collision or is adopted, as configured.
 */
export async function create(
  environment: Environment,
  request: CreateRequest,
  context: OperationContext,
): Promise<CreateAnswer> {
  const objectClass = objectClassFor(environment, request.objectClass, 'create');
  const attributes = readCreateAttributes(objectClass.view, request.attributes);
  const name = String(attributes.get('__NAME__')?.[0]);
  const session = openSession(environment.target, context);
  const creation: Creation = { environment, objectClass, attributes, name, session };
  const key = lockKey(objectClass, `name/${name.toLowerCase()}`);
  return environment.lock.run(key, () => createOrAdopt(creation), context.signal);
}

async function createOrAdopt(creation: Creation): Promise<CreateAnswer> {
  const { attributes, objectClass, session } = creation;
  // What can not be created is refused before anything is asked.
  objectClass.planCreate(attributes, session);
  const existing = await lookUp(creation);
  if (existing !== undefined) return collide(creation, existing);
  await objectClass.checkCreate?.(attributes, session);
  const plan = objectClass.planCreate(attributes, session);
  let answer: unknown;
  try {
    answer = await session.send(plan.call);
  } catch (thrown) {
    return collideOrFail(creation, toConnectorError(thrown));
  }
  const created = await createdOf(creation, answer);
  const { environment } = creation;
  environment.writes.created({ objectClass: objectClass.view.name, uid: created.uid });
  const finish = () => finishCreate(creation, plan, created);
  return environment.lock.run(lockKey(objectClass, created.uid), finish, session.context.signal);
}

/** The target says the name is taken although the look-up found nothing: somebody was faster, or it is foreign. */
async function collideOrFail(creation: Creation, error: ConnectorError): Promise<CreateAnswer> {
  if (error.kind !== 'alreadyExists') throw error;
  const existing = await lookUp(creation, { thorough: new Set([creation.name]) });
  if (existing !== undefined) return collide(creation, existing);
  throw takenElsewhere(creation.objectClass, error);
}

async function lookUp(
  { name, objectClass, session }: Creation,
  how: Pick<ObjectKey, 'thorough'> = {},
): Promise<FoundObject | undefined> {
  const key: ObjectKey = { attribute: '__NAME__', value: name, toCreate: true, ...how };
  return objectClass.find(key, objectClass.adoptionSources, session);
}

async function collide(creation: Creation, existing: FoundObject): Promise<CreateAnswer> {
  const { environment, objectClass } = creation;
  if (!environment.settings.duplicateErrorReturnsId) {
    const hint = 'Set service.duplicateErrorReturnsId to adopt existing objects.';
    throw existsAlready(objectClass, existing.uid, hint);
  }
  refuseProtected(objectClass, existing);
  return adopt(creation, existing);
}

/** The new object's uid and name; where the answer has no uid, the one a look-up tells. */
async function createdOf(creation: Creation, answer: unknown): Promise<Created> {
  const { uid, name = creation.name } = creation.objectClass.created(answer);
  if (uid !== undefined) return { uid, name, warnings: [] };
  const found = await lookUp(creation);
  const warning = {
    code: 'NO_ID_IN_ANSWER',
    message: 'Zoom created the object without telling its id; the uid is what a look-up by name tells.',
    attributes: [],
  };
  return { uid: found?.uid ?? name.toLowerCase(), name, warnings: [warning] };
}
