import { faultProblems, type FaultRule } from '../faults/fault.js';
import { noContent, ok } from '../http/reply.js';
import { CommandError, type ControlRoute } from './control-route.js';

/** Commands on faults. */
export const faultRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/simulator/faults',
    description: 'Lists the faults in force and counts the calls they changed.',
    handler: ({ world }) => ok({ faults: world.faults.list() }),
  },
  {
    method: 'POST',
    path: '/simulator/faults',
    description: 'Puts a fault in force; the answer contains its id.',
    body: '{match: {method, path, nth, times, probability}, action: {kind, …}}',
    handler: ({ world, body }) => {
      const problems = faultProblems(body);
      if (problems.length > 0) throw new CommandError(400, problems.join(' '));
      return { status: 201, body: { id: world.faults.add(body as unknown as FaultRule) } };
    },
  },
  {
    method: 'DELETE',
    path: '/simulator/faults',
    description: 'Removes all faults.',
    handler: ({ world }) => ok({ removed: world.faults.clear() }),
  },
  {
    method: 'DELETE',
    path: '/simulator/faults/{fault}',
    description: 'Removes one fault.',
    handler: ({ world, params: { fault = '' } }) => {
      const removed = world.faults.clear(fault);
      if (removed === 0) throw new CommandError(404, `There is no fault ${fault}.`);
      return ok({ removed });
    },
  },
];

/** Commands on the log of calls and on tokens. */
export const trafficRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/simulator/requests',
    description: 'The log of calls, counts by pattern and the peak of concurrent calls.',
    handler: ({ world: { log } }) =>
      ok({ total: log.total, peak: log.peak, counts: log.counts, requests: log.entries }),
  },
  {
    method: 'DELETE',
    path: '/simulator/requests',
    description: 'Empties the log of calls.',
    handler: ({ world }) => {
      world.log.clear();
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/simulator/tokens/expire',
    description: 'Lets all access tokens expire at once.',
    handler: ({ world }) => {
      world.accessTokens.expire();
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/simulator/tokens/revoke',
    description: 'Revokes all access tokens.',
    handler: ({ world }) => {
      world.accessTokens.revokeAll();
      return noContent;
    },
  },
];
