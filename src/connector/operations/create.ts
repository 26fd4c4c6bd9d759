import { readCreateAttributes } from '../../connid/create-attributes.js';
import { ConnectorError, toConnectorError } from '../../connid/errors.js';
import type { CreateAnswer, CreateRequest, Warning } from '../connector.js';
import type { OperationContext } from '../context.js';
import type { FoundObject } from '../object-class.js';
import { openSession } from '../session.js';
import { adopt } from './adopt.js';
import type { Creation } from './creation.js';
import { type Environment, objectClassFor } from './environment.js';
import { finishCreate } from './finish-create.js';

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
  const lockKey = `${objectClass.view.name}/name/${name.toLowerCase()}`;
  return environment.lock.run(lockKey, () => createOrAdopt(creation), context.signal);
}

async function createOrAdopt(creation: Creation): Promise<CreateAnswer> {
  const plan = creation.objectClass.planCreate(creation.attributes);
  const existing = await lookUp(creation);
  if (existing !== undefined) return collide(creation, existing);
  let answer: unknown;
  try {
    answer = await creation.session.send(plan.call);
  } catch (thrown) {
    return collideOrFail(creation, toConnectorError(thrown));
  }
  const created = await uidOf(creation, answer);
  const { environment, objectClass, session } = creation;
  const made = { objectClass: objectClass.view.name, uid: created.uid };
  environment.writes.created(made);
  const finish = () => finishCreate(creation, plan, created);
  return environment.lock.run(`${made.objectClass}/${made.uid}`, finish, session.context.signal);
}

/** The target says the name is taken although the look-up found nothing: somebody was faster, or it is foreign. */
async function collideOrFail(creation: Creation, error: ConnectorError): Promise<CreateAnswer> {
  if (error.kind !== 'alreadyExists') throw error;
  const existing = await lookUp(creation);
  if (existing !== undefined) return collide(creation, existing);
  throw new ConnectorError(
    'alreadyExists',
    `The name is taken in Zoom, but not by an object of this account: it belongs to a foreign account.`,
    { ...error.details, hint: 'Ask its owner to release the address, or use another one.', cause: error },
  );
}

async function lookUp({ objectClass, name, session }: Creation): Promise<FoundObject | undefined> {
  return objectClass.find({ attribute: '__NAME__', value: name }, objectClass.adoptionSources, session);
}

async function collide(creation: Creation, existing: FoundObject): Promise<CreateAnswer> {
  const { environment, objectClass } = creation;
  const refusal = environment.settings.duplicateErrorReturnsId
    ? objectClass.adoptionRefusal(existing)
    : 'Set service.duplicateErrorReturnsId to adopt existing objects.';
  if (refusal === undefined) return adopt(creation, existing);
  throw new ConnectorError(
    'alreadyExists',
    `A ${objectClass.view.name} with this name exists in this account already.`,
    { uid: existing.uid, hint: refusal },
  );
}

/** The new object's uid; where the answer has none, the one a look-up tells. */
async function uidOf(
  creation: Creation,
  answer: unknown,
): Promise<{ uid: string; warnings: readonly Warning[] }> {
  const uid = creation.objectClass.createdUid(answer);
  if (uid !== undefined) return { uid, warnings: [] };
  const found = await lookUp(creation);
  const warning = {
    code: 'NO_ID_IN_ANSWER',
    message: 'Zoom created the object without telling its id; the uid is what a look-up by name tells.',
    attributes: [],
  };
  return { uid: found?.uid ?? creation.name.toLowerCase(), warnings: [warning] };
}
