import { noContent, ok } from '../http/reply.js';
import { singleView } from '../users/user-view.js';
import { CommandError, type ControlCall, type ControlRoute } from './control-route.js';
import {
  acceptInvitation,
  addForeignAddress,
  deleteInvitation,
  expireInvitation,
  moveStatus,
  removeForeignAddress,
  requireUser,
} from './commands.js';

const userKey = (call: ControlCall): string => call.params['user'] ?? '';

/** Commands on users and addresses. */
export const userRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/simulator/users/{user}',
    description: 'Shows a user in any status, by id or address, in the form of GET /users/{userId}.',
    handler: (call) => ok(singleView(call.world, requireUser(call.world, userKey(call)))),
  },
  {
    method: 'POST',
    path: '/simulator/users/{user}/accept-invitation',
    description: 'Lets a pending user become active; the id is kept unless keepId is false.',
    body: '{keepId}',
    handler: (call) => {
      const user = acceptInvitation(call.world, userKey(call), { keepId: call.body['keepId'] !== false });
      return ok({ id: user.id });
    },
  },
  {
    method: 'POST',
    path: '/simulator/users/{user}/expire-invitation',
    description: 'Lets the invitation of a pending user expire (400/1120 from then on).',
    handler: (call) => ok({ id: expireInvitation(call.world, userKey(call)).id }),
  },
  {
    method: 'POST',
    path: '/simulator/users/{user}/delete-invitation',
    description: 'Withdraws the invitation of a pending user, which removes the user.',
    handler: (call) => ok({ id: deleteInvitation(call.world, userKey(call)).id }),
  },
  {
    method: 'PUT',
    path: '/simulator/users/{user}/status',
    description: "Moves a user to another status without applying Zoom's rules.",
    body: '{status: active | inactive | pending}',
    handler: (call) => {
      const { status } = call.body;
      if (status !== 'active' && status !== 'inactive' && status !== 'pending') {
        throw new CommandError(400, 'The status must be active, inactive or pending.');
      }
      return ok({ id: moveStatus(call.world, userKey(call), status).id });
    },
  },
  {
    method: 'PUT',
    path: '/simulator/foreign-addresses/{email}',
    description: 'Gives an address a Zoom account outside the simulated one.',
    handler: ({ world, params }) => {
      addForeignAddress(world, params['email'] ?? '');
      return noContent;
    },
  },
  {
    method: 'DELETE',
    path: '/simulator/foreign-addresses/{email}',
    description: 'Removes that account.',
    handler: ({ world, params }) => {
      removeForeignAddress(world, params['email'] ?? '');
      return noContent;
    },
  },
];
