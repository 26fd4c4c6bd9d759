import { membersOf, parseJson } from '../core/json.js';
import { splitUrl } from '../http/identify.js';
import { ok, type Reply } from '../http/reply.js';
import { createRouter } from '../http/router.js';
import type { World } from '../world.js';
import { setLicences, setOptions } from './commands.js';
import { CommandError, type ControlRoute } from './control-route.js';
import { faultRoutes, trafficRoutes } from './fault-routes.js';
import { summarize } from './summary.js';
import { userRoutes } from './user-routes.js';

const accountRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/simulator/state',
    description: 'Summarizes the account: users by status, groups, licence pools, traffic.',
    handler: ({ world }) => ok(summarize(world)),
  },
  {
    method: 'PUT',
    path: '/simulator/licences/{pool}',
    description: 'Sets the seats of a licence pool, or its free seats; null seats mean unlimited.',
    body: '{seats} or {free}',
    handler: ({ world, params, body }) => {
      const { seats, free } = body;
      const pool = params['pool'] ?? '';
      setLicences(world, {
        pool,
        ...((typeof seats === 'number' || seats === null) && { seats }),
        ...(typeof free === 'number' && { free }),
      });
      return ok(world.licences.pool(pool));
    },
  },
  {
    method: 'PUT',
    path: '/simulator/groups/{groupId}/default',
    description: 'Makes a group the default of the account; SCIM does not delete the default group.',
    handler: ({ world, params }) => {
      const group = world.groups.byId(params['groupId'] ?? '');
      if (!group) throw new CommandError(404, 'There is no such group.');
      world.groups.default = group;
      return ok({ id: group.id, name: group.name });
    },
  },
  {
    method: 'GET',
    path: '/simulator/options',
    description: 'Shows the options in force.',
    handler: ({ world }) => ok(world.options),
  },
  {
    method: 'PATCH',
    path: '/simulator/options',
    description:
      'Changes options while the simulator runs; options that shape the seeded account are refused.',
    body: '{option: value, …}',
    handler: ({ world, body }) => ok(setOptions(world, body)),
  },
  {
    method: 'POST',
    path: '/simulator/clock/advance',
    description: 'Moves the clock forward.',
    body: '{ms}',
    handler: ({ world, body }) => {
      const ms = Number(body['ms']);
      if (!Number.isFinite(ms) || ms < 0) throw new CommandError(400, 'A number of milliseconds is needed.');
      world.clock.advance(ms);
      return ok({ now: new Date(world.clock.now()).toISOString() });
    },
  },
];

/** Every command of the control API. */
export const controlRoutes: readonly ControlRoute[] = [
  ...accountRoutes,
  ...userRoutes,
  ...faultRoutes,
  ...trafficRoutes,
];

const router = createRouter(controlRoutes);

/** All commands, shown in the answer to an unknown one. */
const commands = controlRoutes.map(({ handler: _, ...described }) => described);

/** Answers a request to `/simulator/…`. */
export function answerCommand(world: World, request: { method: string; url: string; text: string }): Reply {
  const [path] = splitUrl(request.url);
  const match = router.find(request.method, path);
  if (!match) return { status: 404, body: { message: 'There is no such command.', commands } };
  try {
    return match.entry.handler({ world, params: match.params, body: bodyOf(request.text) });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { status: error.status, body: { message: error.message } };
  }
}

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  if (text === '') return {};
  try {
    return membersOf(parseJson(text));
  } catch {
    throw new CommandError(400, 'The body is not JSON.');
  }
}
