import type { Attributes, Values } from '../../connid/attribute.js';
import { ConnectorError } from '../../connid/errors.js';
import type { Body } from '../../connector/call.js';
import type { CreatePlan } from '../../connector/object-class.js';
import { type Binding, encode } from '../binding.js';
import { asObject } from '../json.js';
import { createUser } from './calls.js';

/** Zoom takes a password in the create call only for users whose login it makes itself. */
const passwordAction = 'autoCreate';

/** Users who never have a work e-mail login, and so no password. */
const passwordless: readonly string[] = ['ssoCreate', 'custCreate'];

/** Zoom wants a type in every create call. */
const basicType = 1;

/**
 * Plans the call that creates a user: every attribute its body takes; the others follow as an update.
 * @param defaultAction - how Zoom creates the user unless `CREATE_ACTION` says otherwise.
 */
export function planCreateUser(
  attributes: Attributes,
  bindings: Readonly<Record<string, Binding<string, string>>>,
  defaultAction: string,
): CreatePlan {
  const action = String(attributes.get('CREATE_ACTION')?.[0] ?? defaultAction);
  if (attributes.has('__PASSWORD__') && passwordless.includes(action)) throw passwordRefusal(action);
  const inBody = [...attributes].filter(
    ([name]) =>
      bindings[name]?.createField !== undefined && (name !== '__PASSWORD__' || action === passwordAction),
  );
  const userInfo = inBody.reduce<Body>((body, [name, values]) => put(body, bindings[name], values), {
    type: basicType,
  });
  const covered = new Set([...inBody.map(([name]) => name), 'CREATE_ACTION']);
  if (attributes.get('__ENABLE__')?.[0] === true) covered.add('__ENABLE__');
  const email = String(attributes.get('__NAME__')?.[0]);
  return { call: createUser(action, { ...userInfo, email }), covered };
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
