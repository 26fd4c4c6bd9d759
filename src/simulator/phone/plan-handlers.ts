import { invalidField, noContent, ok, type Reply, zoomError } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import { planPool } from '../state/phone.js';
import type { World } from '../world.js';
import { membersOf } from '../core/json.js';
import { callingPlans } from './calling-plans.js';
import { phoneUserOf } from './phone-users.js';

/** POST /phone/users/{userId}/calling_plans: 200 with an empty object. */
export function assignPlans(call: Call): Reply {
  const { world } = call;
  const phoneUser = phoneUserOf(call);
  const list = membersOf(call.body)['calling_plans'];
  if (!Array.isArray(list) || list.length === 0) throw invalidField('calling_plans');
  const plans = list
    .map((item: unknown) => readPlan(membersOf(item)['type'], 'calling_plans.type'))
    .filter((plan) => !phoneUser.plans.includes(plan));
  for (const plan of plans) checkSeat(world, plan);
  for (const plan of plans) world.phone.addPlan(phoneUser, plan);
  return ok({});
}

/** PUT /phone/users/{userId}/calling_plans: swaps one plan for another. */
export function swapPlans(call: Call): Reply {
  const { world } = call;
  const phoneUser = phoneUserOf(call);
  const body = membersOf(call.body);
  const source = readPlan(body['source_type'], 'source_type');
  const target = readPlan(body['target_type'], 'target_type');
  if (!phoneUser.plans.includes(source)) {
    throw zoomError(400, 404, 'User did not subscribe to the source plan.');
  }
  checkSeat(world, target);
  world.phone.removePlan(phoneUser, source);
  world.phone.addPlan(phoneUser, target);
  return noContent;
}

/** DELETE /phone/users/{userId}/calling_plans/{planType}. */
export function removePlan(call: Call): Reply {
  const phoneUser = phoneUserOf(call);
  const plan = Number(param(call, 'planType'));
  if (!phoneUser.plans.includes(plan)) throw zoomError(400, 400, 'Invalid field.');
  call.world.phone.removePlan(phoneUser, plan);
  return noContent;
}

/** GET /phone/calling_plans: the licence pools of Zoom Phone. */
export function listPlans(call: Call): Reply {
  return ok({ calling_plans: planViews(call.world) });
}

/** GET /phone/plans: deprecated, with numbers. */
export function listPlansAndNumbers(call: Call): Reply {
  const { numbers } = call.world.phone;
  const assigned = numbers.filter((number) => number.owner).length;
  const pool = { name: 'US/CA Number', subscribed: numbers.length, assigned };
  return ok({
    calling_plans: planViews(call.world),
    phone_numbers: [{ ...pool, available: numbers.length - assigned }],
  });
}

function planViews(world: World): Record<string, unknown>[] {
  return [...callingPlans].map(([type, name]) => {
    const { seats, used } = world.licences.pool(planPool(type));
    const subscribed = seats ?? used;
    return { name, type, subscribed, assigned: used, available: Math.max(0, subscribed - used) };
  });
}

function readPlan(value: unknown, field: string): number {
  if (typeof value !== 'number' || !callingPlans.has(value)) throw invalidField(field);
  return value;
}

/** Zoom does not document the code for a plan without a free licence. */
function checkSeat(world: World, plan: number): void {
  if (world.licences.hasFree(planPool(plan))) return;
  throw zoomError(
    400,
    400,
    `No license is available for the calling plan ${callingPlans.get(plan) ?? plan}.`,
  );
}
