import { membersOf, parseJson } from '../core/json.js';
import { splitUrl } from '../http/identify.js';
import type { Reply } from '../http/reply.js';
import { createRouter } from '../http/router.js';
import type { World } from '../world.js';
import { CommandError } from './command-error.js';
import { controlRoutes } from './control-routes.js';

const router = createRouter(controlRoutes);

/** For those who look for a command: all there are. */
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
