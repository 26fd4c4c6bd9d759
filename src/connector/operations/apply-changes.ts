import type { Attributes } from '../../connid/attribute.js';
import type { Change } from '../../connid/delta.js';
import { toConnectorError } from '../../connid/errors.js';
import { type Applied, executePlan } from '../writes/execute-plan.js';
import type { FoundObject, ObjectClass, Occasion } from '../object-class/object-class.js';
import type { Overlay } from '../writes/recent-writes.js';
import type { Session } from '../session.js';
import { type Environment, guaranteedSession } from './operation-parts.js';
import { type ObjectState, sortChanges, toState } from './object-state.js';

/** What changes of an object are applied with. */
export interface Work {
  readonly environment: Environment;
  readonly objectClass: ObjectClass;
  readonly session: Session;
}

/** What the plan depends on beyond the changes. */
export interface Situation {
  readonly state: ObjectState | undefined;
  readonly occasion: Occasion;
}

/**
 * Plans changes of an object, carries them out and remembers them. When a refusal tells that the object is not what it
 * was taken for, what has not been applied is planned once more.
 */
export async function applyChanges(
  work: Work,
  uid: string,
  given: readonly Change[],
  situation: Situation,
): Promise<Applied> {
  const first = await carryOut(work, uid, given, situation);
  const state = await correctedState(work, uid, { given, first, situation });
  if (state === undefined) return first;
  const { applied } = first.outcome;
  const rest = given.filter(({ attribute }) => !applied.includes(attribute));
  try {
    return bothApplied(first, await carryOut(work, uid, rest, { ...situation, state }));
  } catch (thrown) {
    const { upstream } = first.outcome.error?.details ?? {};
    const error = toConnectorError(thrown).with(upstream === undefined ? {} : { upstream });
    return { ...first, outcome: { ...first.outcome, error } };
  }
}

async function carryOut(
  { environment, objectClass, session }: Work,
  uid: string,
  given: readonly Change[],
  { occasion, state }: Situation,
): Promise<Applied> {
  const { changes, noOps } = sortChanges(objectClass, given, state);
  const input = { uid, changes, noOps, occasion, ...(state !== undefined && { state }) };
  const plan = await objectClass.planUpdate(input, session);
  const outcome = await executePlan(plan, session, () => guaranteedSession(environment, session.context));
  environment.writes.updated(objectClass, uid, { changes, plan, outcome });
  return { plan, outcome };
}

interface FirstTry {
  readonly given: readonly Change[];
  readonly first: Applied;
  readonly situation: Situation;
}

/** The object read anew, put right by what a refusal told; `undefined` when it told nothing or there is no telling. */
async function correctedState(
  { objectClass, session }: Work,
  uid: string,
  { first, given, situation }: FirstTry,
): Promise<ObjectState | undefined> {
  const { error } = first.outcome;
  const found = situation.state?.found;
  if (error === undefined || found === undefined) return undefined;
  const facts = objectClass.corrections?.(error, found);
  if (facts === undefined || facts.size === 0) return undefined;
  const key = { attribute: '__UID__', value: uid, nameHint: found.name };
  const sources = objectClass.stateSources(given) ?? new Set<string>();
  const read = await objectClass.find(key, sources, session).catch(() => undefined);
  return read === undefined ? undefined : toState(objectClass, { ...read, written: laidOver(read, facts) });
}

/** What is known for certain beats what was written lately, which beats the records. */
function laidOver({ written }: FoundObject, facts: Attributes): Overlay {
  return {
    over: (name, read) => {
      if (read === undefined) return undefined;
      return facts.get(name) ?? (written === undefined ? read : written.over(name, read));
    },
  };
}

/** What two plans for the same changes have come to, of which the second took up what the first had left. */
function bothApplied(first: Applied, second: Applied): Applied {
  const effects = [...first.plan.sideEffects, ...second.plan.sideEffects];
  const { error, notApplied } = second.outcome;
  const warnings = [...first.outcome.warnings, ...second.outcome.warnings];
  return {
    plan: {
      ...second.plan,
      sideEffects: [...new Map(effects.map((effect) => [effect.attribute, effect])).values()],
    },
    outcome: {
      applied: [...new Set([...first.outcome.applied, ...second.outcome.applied])],
      notApplied,
      warnings: [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()],
      ...(error !== undefined && { error }),
    },
  };
}
