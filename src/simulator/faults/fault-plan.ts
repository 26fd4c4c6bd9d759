import { type IdentifiedCall, patternOf } from '../http/identify.js';
import type { Reply } from '../http/reply.js';
import { bearerOf } from '../oauth/authenticate.js';
import type { World } from '../world.js';
import { htmlReply, rateLimitReply } from './fault-replies.js';
import type { FaultAction, IgnoreFault } from './fault.js';

/** The combined effect of all faults on one call. */
export interface FaultPlan {
  /** Id of the last fault that took effect. */
  fault?: string;
  delayMs: number;
  /** Sent instead of processing the call. */
  reply?: Reply;
  /** The write is not made, or only in part, although the answer confirms it. */
  ignore?: IgnoreFault;
  end?: 'dropBefore' | 'dropAfter' | 'truncate';
}

/** Actions that answer instead of the handler. */
type AnsweringAction = Extract<FaultAction, { kind: 'status' | 'html' | 'rateLimit' }>;

const outages: readonly number[] = [500, 502, 503, 504];

/** Applies every fault that matches a call, then the random failures of the options. */
export function planFaults(world: World, call: IdentifiedCall): FaultPlan {
  const plan: FaultPlan = { delayMs: 0 };
  const target = { method: call.method, path: call.path, pattern: patternOf(call) };
  for (const { id, action } of world.faults.matching(target)) {
    plan.fault = id;
    apply(world, call, plan, action);
  }
  randomFailures(world, plan);
  return plan;
}

function apply(world: World, call: IdentifiedCall, plan: FaultPlan, action: FaultAction): void {
  switch (action.kind) {
    case 'delay':
      plan.delayMs += action.ms;
      break;
    case 'drop':
      plan.end = action.when === 'before' ? 'dropBefore' : 'dropAfter';
      break;
    case 'truncate':
      plan.end = 'truncate';
      break;
    case 'ignore':
      plan.ignore = action;
      break;
    case 'token':
      invalidateToken(world, bearerOf(call.authorization), action.state);
      break;
    default:
      plan.reply ??= replyOf(world, call, action);
  }
}

function replyOf(world: World, call: IdentifiedCall, action: AnsweringAction): Reply {
  if (action.kind === 'status') return action;
  if (action.kind === 'html') return htmlReply(action.status);
  return rateLimitReply(world, call.match?.entry.label ?? 'light', action);
}

function invalidateToken(world: World, token: string, state: 'expired' | 'revoked'): void {
  if (state === 'expired') world.accessTokens.expire(token);
  else world.accessTokens.revoke(token);
}

function randomFailures(world: World, plan: FaultPlan): void {
  const { errorRate, dropRate } = world.options;
  if (errorRate > 0 && world.networkRandom.next() < errorRate) {
    plan.fault ??= 'errorRate';
    plan.reply ??= htmlReply(world.networkRandom.pick(outages));
  }
  if (dropRate > 0 && world.networkRandom.next() < dropRate) {
    plan.fault ??= 'dropRate';
    plan.end ??= world.networkRandom.next() < 0.5 ? 'dropBefore' : 'dropAfter';
  }
}
