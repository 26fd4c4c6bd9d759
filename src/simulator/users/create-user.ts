import { type ApiError, created, type Reply, zoomError } from '../http/reply.js';
import type { Call } from '../http/route.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { type CreateRequest, readCreateRequest } from './create-request.js';
import { domainOf, emailTaken, isManaged } from './find-user.js';
import { checkAccountSize, checkLicences, type RequestedLicences } from './licence-rules.js';
import { addUser } from './new-user.js';
import { switchPhone } from './feature-rules.js';

const loginTypes = { create: 100, autoCreate: 100, custCreate: 99, ssoCreate: 101 } as const;

/** POST /users. Source: https://developers.zoom.us/docs/api/users/#tag/users/POST/users */
export function createUser(call: Call): Reply {
  const { world } = call;
  const request = readCreateRequest(call);
  if (request.action === 'create') world.limiter.admitInvitation(world);
  checkAction(world, request);
  checkAddress(world, request);
  checkAccountSize(world, request.type);
  checkLicences(world, requestedLicences(request));
  const user = addRequested(world, request);
  if (request.phone) switchPhone(world, user, true);
  return created({
    id: idInAnswer(world, user),
    first_name: user.first_name,
    last_name: user.last_name,
    email: user.email,
    type: user.type,
  });
}

function addRequested(world: World, request: CreateRequest): User {
  const invited = request.action === 'create' && isInvited(world, request.email);
  const { email, type, names, profile, zoomOne, password } = request;
  return addUser(world, {
    ...{ email, type, names, profile },
    status: invited ? 'pending' : 'active',
    loginType: loginTypes[request.action],
    verified: request.action === 'create' ? 0 : 1,
    ...(zoomOne !== undefined && { zoomOne }),
    ...(password !== undefined && { password }),
  });
}

function isInvited(world: World, email: string): boolean {
  return world.options.createAction === 'pending' || world.foreignAddresses.has(email);
}

/** A blank id means that the address has an account elsewhere and was sent an invitation. */
function idInAnswer(world: World, user: User): string {
  if (user.status !== 'pending') return user.id;
  return user.invitation?.foreign === true || world.options.pendingCreateId === 'blank' ? '' : user.id;
}

function checkAction(world: World, { action }: CreateRequest): void {
  const { sso, preProvisionSso, apiOnlyUsers } = world.options;
  if (action === 'ssoCreate' && !sso) throw noSso();
  if (action === 'ssoCreate' && !preProvisionSso) throw noPreProvision();
  if (action === 'custCreate' && !apiOnlyUsers) {
    throw zoomError(400, 2016, 'No permission. Please contact Zoom Customer Support.');
  }
}

function checkAddress(world: World, { action, email }: CreateRequest): void {
  const { blockedDomains, managedDomains, foreignAddress } = world.options;
  if (blockedDomains.includes(domainOf(email))) throw zoomError(400, 1107, 'Email domain is blocked.');
  if (action === 'autoCreate' && !isManaged(world, email)) throw outsideDomains(email, managedDomains);
  if (world.users.byEmail(email)) throw emailTaken(world, email);
  const foreign = world.foreignAddresses.has(email);
  if (foreign && (action !== 'create' || foreignAddress === 'refuse')) {
    throw zoomError(400, 1009, `The user ${email} already holds an active account.`);
  }
}

function requestedLicences(request: CreateRequest): RequestedLicences {
  const { type, phone, zoomOne } = request;
  const united = request.profile.plan_united_type;
  return { type, phone, ...(zoomOne !== undefined && { zoomOne }), ...(united !== undefined && { united }) };
}

function outsideDomains(email: string, domains: readonly string[]): ApiError {
  return zoomError(400, 1116, `Email address ${email} doesn't match limited domains: ${domains.join(', ')}`);
}

function noSso(): ApiError {
  return zoomError(
    400,
    2002,
    'SSO has not been enabled for this account. Contact the Zoom support team to enable this option.',
  );
}

function noPreProvision(): ApiError {
  return zoomError(
    400,
    2032,
    'The ssoCreate option is only available for SSO Partners that have enabled the pre-provision option.',
  );
}
