import type { Body } from '../../connector/object-class/endpoint.js';
import type { Creatable, CreatePlan } from '../../connector/object-class/creatable.js';
import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { Attributes, Values } from '../../connid/attribute.js';
import { ConnectorError } from '../../connid/errors.js';
import { type Binding, encode } from '../kit/binding.js';
import { asObject, read, textAt } from '../kit/json.js';
import { checkSite } from './plan-update.js';
import { createUser } from './calls.js';
import type { PendingUsers } from './pending-users.js';
import { isPhoneAttribute } from './phone/plan-phone.js';
import type { Sites } from './phone/sites.js';
import { lostByDeactivation } from './policy/update-policy.js';
import { nameTakenElsewhere, neverAdopted, pendingExists, statusOf, userRecord } from './user-view.js';

/** Zoom takes a password in the create call only for users whose login it makes itself. */
const passwordAction = 'autoCreate';

/** Create actions whose users have no work e-mail login, and so no password. */
const passwordless: readonly string[] = ['ssoCreate', 'custCreate'];

/** Makes a pending user; every other action makes an active one. */
const invitation = 'create';

/** Zoom wants a type in every create call. */
const basicType = 1;

/** The part of the configuration that decides how a user is created. */
interface CreatePolicy {
  /** Zoom's create action, unless `CREATE_ACTION` names another. */
  readonly createAction: string;
  /** Values of `ZOOM_ONE_TYPE` whose bundle brings Zoom Phone along. */
  readonly phoneBundleTypes: readonly string[];
}

/** Parts that all creates of users share. */
interface UserCreateParts {
  readonly bindings: Readonly<Record<string, Binding<string, string>>>;
  readonly pending: PendingUsers;
  readonly sites: Sites;
}

/** The creates of `ZoomUser`. */
export function userCreates(policy: CreatePolicy, { bindings, pending, sites }: UserCreateParts): Creatable {
  return {
    plan: (given) => planCreateUser(given, bindings, policy),
    check: (given, session) => checkSite(given, sites, session),
    created: (answer) => createdUser(answer, pending),
    nameTaken: nameTakenElsewhere,
    existing: (found) => (statusOf(found) === 'pending' ? pendingExists : undefined),
    adoption: { sources: userRecord, refusal: adoptionRefusal },
  };
}

/** Ids of the owner's and the administrators' roles. */
const protectedRoles: readonly string[] = ['0', '1'];

function adoptionRefusal(found: FoundObject): string | undefined {
  const record = found.records.get('user') ?? found.records.get('userList');
  const [roleId] = read.text('role_id')(record) ?? [];
  return protectedRoles.includes(String(roleId)) ? neverAdopted : undefined;
}

/**
 * Plans the call that creates a user. It carries every attribute that its body takes; the others follow as an update.
 */
export function planCreateUser(
  attributes: Attributes,
  bindings: Readonly<Record<string, Binding<string, string>>>,
  policy: CreatePolicy,
): CreatePlan {
  const action = String(attributes.get('CREATE_ACTION')?.[0] ?? policy.createAction);
  if (attributes.has('__PASSWORD__') && passwordless.includes(action)) throw passwordRefusal(action);
  refusePhoneData(attributes);
  const later = laterAttributes(attributes, action, policy);
  const inBody = [...attributes].filter(
    ([name]) => bindings[name]?.createField !== undefined && !later.has(name),
  );
  const userInfo = inBody.reduce<Body>((body, [name, values]) => put(body, bindings[name], values), {
    type: basicType,
  });
  const covered = new Set([...inBody.map(([name]) => name), 'CREATE_ACTION']);
  if (attributes.get('__ENABLE__')?.[0] === true) covered.add('__ENABLE__');
  const email = String(attributes.get('__NAME__')?.[0]);
  return { call: createUser(action, { ...userInfo, email }), covered };
}

/** Attributes that the create call could take, and that are left to the update after it. */
function laterAttributes(
  attributes: Attributes,
  action: string,
  { phoneBundleTypes }: CreatePolicy,
): ReadonlySet<string> {
  const bundle = String(attributes.get('ZOOM_ONE_TYPE')?.[0]);
  const isDisabled = attributes.get('__ENABLE__')?.[0] === false && action !== invitation;
  return new Set([
    ...(action === passwordAction ? [] : ['__PASSWORD__']),
    ...(phoneBundleTypes.includes(bundle) ? ['ZOOM_PHONE_FEATURE'] : []),
    ...(isDisabled ? lostByDeactivation.keys() : []),
  ]);
}

/** Refuses phone attributes for a user who is to have no phone, before anything is created. */
export function refusePhoneData(attributes: Attributes): void {
  const stray = [...attributes.keys()].find(
    (name) => isPhoneAttribute(name) && name !== 'ZOOM_PHONE_FEATURE',
  );
  if (stray === undefined || attributes.get('ZOOM_PHONE_FEATURE')?.[0] === true) return;
  throw new ConnectorError(
    'invalidAttributeValue',
    `${stray} cannot be given to a user without Zoom Phone.`,
    {
      hint: 'Set ZOOM_PHONE_FEATURE to true in the same request.',
    },
  );
}

function put(body: Body, binding: Binding<string, string> | undefined, values: Values): Body {
  const [member = '', nested] = binding?.createField?.split('.') ?? [];
  const value = binding === undefined ? undefined : encode(binding, values);
  return { ...body, [member]: nested === undefined ? value : { ...asObject(body[member]), [nested]: value } };
}

function passwordRefusal(action: string): ConnectorError {
  return new ConnectorError(
    'invalidAttributeValue',
    `Zoom takes no password with the create action ${action}.`,
    {
      hint: 'Leave __PASSWORD__ out, or set CREATE_ACTION or custom.userCreateAction to autoCreate.',
    },
  );
}

/** Uid and name in the answer to a create over REST. The new user is most likely pending. */
export function createdUser(answer: unknown, pending: PendingUsers): ReturnType<Creatable['created']> {
  const [uid, name] = [textAt(answer, 'id'), textAt(answer, 'email')];
  if (uid !== undefined && name !== undefined) pending.note({ uid, name });
  return { uid, name };
}
