import { sleep } from '../core/clock.js';
import { parseJson } from '../core/json.js';
import { type FaultPlan, planFaults } from '../faults/fault-plan.js';
import { ignore } from '../faults/fault-replies.js';
import { grantToken } from '../oauth/token-endpoint.js';
import { scimError } from '../scim/scim-error.js';
import type { World } from '../world.js';
import { admit } from './admission.js';
import { ApiError, type Reply, zoomError } from './reply.js';
import type { IdentifiedCall } from './identify.js';
import type { Route } from './route.js';
import type { LoggedRequest } from './request-log.js';

/** The end of a call: an answer, perhaps cut short, or a closed connection. */
export type Outcome = { readonly reply: Reply; readonly truncate: boolean } | 'drop';

/** Processes one call: faults, checks, delay, handler. */
export async function exchange(
  world: World,
  call: IdentifiedCall,
  text: string,
  entry: LoggedRequest,
): Promise<Outcome> {
  const body = call.api === 'oauth' ? undefined : bodyOf(text);
  entry.body = body instanceof SyntaxError ? text : body;
  const plan = planFaults(world, call);
  if (plan.fault !== undefined) entry.fault = plan.fault;
  if (plan.delayMs > 0) await sleep(plan.delayMs);
  if (plan.end === 'dropBefore') return 'drop';
  const reply = plan.reply
    ? await afterLatency(world, plan.reply)
    : await process(world, { call, text, body, plan });
  return plan.end === 'dropAfter' ? 'drop' : { reply, truncate: plan.end === 'truncate' };
}

interface ReceivedCall {
  readonly call: IdentifiedCall;
  readonly text: string;
  readonly body: unknown;
  readonly plan: FaultPlan;
}

function process(world: World, received: ReceivedCall): Promise<Reply> {
  const { call, text } = received;
  return call.api === 'oauth' ? answerOauth(world, call, text) : answerApi(world, received);
}

async function afterLatency(world: World, reply: Reply): Promise<Reply> {
  await latency(world);
  return reply;
}

async function answerOauth(world: World, call: IdentifiedCall, text: string): Promise<Reply> {
  await latency(world);
  const { authorization, query } = call;
  return guarded(() => grantToken(world, { authorization, query, bodyText: text }));
}

async function answerApi(world: World, { body, call, plan }: ReceivedCall): Promise<Reply> {
  const admission = attempt(() => admit(world, call, body));
  await latency(world);
  if (admission instanceof ApiError) return admission.reply;
  try {
    const reply = guarded(() => {
      if (body instanceof SyntaxError || !isBody(body)) throw malformedBody(world, admission.route);
      const { call: admitted, route } = admission;
      return plan.ignore ? ignore(route, admitted, plan.ignore) : route.handler(admitted);
    });
    return { ...reply, headers: { ...admission.headers, ...reply.headers } };
  } finally {
    admission.release();
  }
}

function bodyOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return parseJson(text);
  } catch (error) {
    return error instanceof SyntaxError ? error : new SyntaxError(String(error));
  }
}

function isBody(body: unknown): boolean {
  return body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body));
}

function malformedBody(world: World, route: Route): ApiError {
  if (route.family === 'scim') return scimError(world, 400, 'The request body must be in JSON format.');
  return zoomError(400, 300, 'Request Body should be a valid JSON object.');
}

function attempt<T>(action: () => T): T | ApiError {
  try {
    return action();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function guarded(action: () => Reply): Reply {
  const result = attempt(action);
  return result instanceof ApiError ? result.reply : result;
}

async function latency(world: World): Promise<void> {
  const { latencyMs } = world.options;
  const ms =
    typeof latencyMs === 'number'
      ? latencyMs
      : latencyMs.min + world.networkRandom.next() * (latencyMs.max - latencyMs.min);
  if (ms > 0) await sleep(ms);
}
