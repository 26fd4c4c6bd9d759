import type { Attributes } from '../../connid/attribute.js';
import type { Change, ResolvedChange } from '../../connid/delta.js';
import { toConnectorError } from '../../connid/errors.js';
import type { Session } from '../object-class/call.js';
import type { FoundObject, ObjectState, Overlay } from '../object-class/found-object.js';
import type { UpdateableClass } from '../object-class/object-class.js';
import { emptyPlan } from '../object-class/plan.js';
import type { BlindPlanner, Occasion, UpdatePlanner } from '../object-class/updateable.js';
import {
  type Applied,
  certainlyApplied,
  executePlan,
  noOutcome,
  type Outcome,
} from '../writes/execute-plan.js';
import { lockedTogether, sortChanges, toState } from './object-state.js';
import { type OperationParts, guaranteedSession } from './operation-parts.js';

/** The parts for applying changes to objects of one class. */
export interface Work {
  readonly parts: OperationParts;
  readonly objectClass: UpdateableClass;
  readonly session: Session;
}

/** Input of the plan beyond the changes. It contains the object's state, unless the planner needs nothing. */
export type Situation = { readonly occasion: Occasion } & (
  | { readonly planner: BlindPlanner; readonly state?: undefined }
  | { readonly planner: UpdatePlanner; readonly state: ObjectState }
);

/** Chooses the planner for changes, and reads the sources that it needs. */
export async function situationOf(
  objectClass: UpdateableClass,
  changes: readonly Change[],
  occasion: Occasion,
  read: (sources: ReadonlySet<string>) => Promise<FoundObject>,
): Promise<Situation> {
  const planner = objectClass.update.planner(changes);
  if (planner.needs === 'nothing') return { occasion, planner };
  return { occasion, planner, state: toState(objectClass, await read(planner.needs)) };
}

/**
 * Plans changes of an object, executes the plan and remembers the writes. If an error shows that our picture of the
 * object was wrong, the changes not yet applied are planned again.
 */
async function applyChanges(
  work: Work,
  uid: string,
  requested: readonly Change[],
  situation: Situation,
): Promise<Applied> {
  const first = await carryOut(work, uid, requested, situation);
  const state = await correctedState(work, uid, { first, situation });
  if (state === undefined) return first;
  const { applied } = first.outcome;
  const rest = requested.filter(({ attribute }) => !applied.includes(attribute));
  try {
    return bothApplied(first, await carryOut(work, uid, rest, { ...situation, state }));
  } catch (thrown) {
    const { upstream } = first.outcome.error?.details ?? {};
    const error = toConnectorError(thrown).with(upstream === undefined ? {} : { upstream });
    return { ...first, outcome: { ...first.outcome, error } };
  }
}

async function carryOut(
  { parts, objectClass, session }: Work,
  uid: string,
  requested: readonly Change[],
  situation: Situation,
): Promise<Applied> {
  const { occasion, state } = situation;
  const { changes, noOps } = sortChanges(objectClass, requested, state);
  const input = { uid, changes, noOps, occasion };
  const plan = await (situation.state === undefined
    ? situation.planner.plan(input, session)
    : situation.planner.plan({ ...input, state: situation.state }, session));
  const outcome = await executePlan(plan, session, () => guaranteedSession(parts, session.context));
  parts.writes.updated(objectClass, uid, { changes, plan, outcome });
  return { plan, outcome };
}

interface FirstTry {
  readonly first: Applied;
  readonly situation: Situation;
}

/**
 * Reads the object again and corrects its state by the facts that an error proves.
 * @returns `undefined` when the error proves nothing, or the object cannot be read.
 */
async function correctedState(
  { objectClass, session }: Work,
  uid: string,
  { first, situation }: FirstTry,
): Promise<ObjectState | undefined> {
  const { error } = first.outcome;
  const found = situation.state?.found;
  if (error === undefined || found === undefined) return undefined;
  const facts = objectClass.update.factsFromRefusal?.(error, found);
  if (facts === undefined || facts.size === 0) return undefined;
  const key = { attribute: '__UID__', value: uid, nameHint: found.name };
  const { needs } = situation.planner;
  const sources = needs === 'nothing' ? new Set<string>() : needs;
  const read = await objectClass.read.find(key, sources, session).catch(() => undefined);
  return read === undefined ? undefined : toState(objectClass, { ...read, written: laidOver(read, facts) });
}

/** An overlay in which facts take precedence over recent writes, and both over the records. */
function laidOver({ written }: FoundObject, facts: Attributes): Overlay {
  return {
    over: (name, read) => {
      if (read === undefined) return undefined;
      return facts.get(name) ?? (written === undefined ? read : written.over(name, read));
    },
  };
}

/** The joint result of two plans for the same changes: the second planned the changes that the first had left. */
function bothApplied(first: Applied, second: Applied): Applied {
  const effects = [...first.plan.sideEffects, ...second.plan.sideEffects];
  const { error, notApplied, unknown } = second.outcome;
  const warnings = [...first.outcome.warnings, ...second.outcome.warnings];
  return {
    plan: {
      ...second.plan,
      sideEffects: [...new Map(effects.map((effect) => [effect.attribute, effect])).values()],
    },
    outcome: {
      applied: [...new Set([...first.outcome.applied, ...second.outcome.applied])],
      notApplied,
      unknown,
      warnings: [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()],
      ...(error !== undefined && { error }),
    },
  };
}

/** Input of the plan, and changes to verify with it. */
type VerifiedSituation = Situation & {
  /** Changes that the create call has already made. */
  readonly made?: readonly ResolvedChange[];
};

const nothing: Applied = { plan: emptyPlan, outcome: noOutcome };

/**
 * Applies changes of an object, under the locks of other objects that they write to. Then the verifier reads the
 * changes back. A change that reads do not show is not remembered as written.
 */
export async function applyVerified(
  work: Work,
  uid: string,
  requested: readonly Change[],
  situation: VerifiedSituation,
): Promise<Applied> {
  const { parts, objectClass, session } = work;
  const others =
    objectClass.update.alsoChanges?.(sortChanges(objectClass, requested, situation.state).changes) ?? [];
  const apply = () => applyAndVerify(work, uid, requested, situation);
  return lockedTogether(parts, others, apply, session.context);
}

async function applyAndVerify(
  work: Work,
  uid: string,
  requested: readonly Change[],
  situation: VerifiedSituation,
): Promise<Applied> {
  const { parts, objectClass, session } = work;
  const { made = [], state } = situation;
  const done = requested.length === 0 ? nothing : await applyChanges(work, uid, requested, situation);
  const changes = [...made, ...sortChanges(objectClass, requested, state).changes];
  const confirmed = withMade(done.outcome, made);
  const name = state === undefined ? {} : { name: state.found.name };
  const outcome = await parts.verifier.verify({ objectClass, uid, changes, ...name }, confirmed, session);
  const [before, verified] = [certainlyApplied(confirmed), certainlyApplied(outcome)];
  const doubtful = changes.filter(({ attribute }) => before.has(attribute) && !verified.has(attribute));
  parts.writes.doubted(objectClass, uid, doubtful);
  return { ...done, outcome };
}

function withMade(outcome: Outcome, made: readonly ResolvedChange[]): Outcome {
  return { ...outcome, applied: [...made.map(({ attribute }) => attribute), ...outcome.applied] };
}
