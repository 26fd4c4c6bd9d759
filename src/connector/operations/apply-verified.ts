import type { Change, ResolvedChange } from '../../connid/delta.js';
import { type Applied, certainlyApplied, type Outcome } from '../writes/execute-plan.js';
import { emptyPlan } from '../object-class/plan.js';
import { applyChanges, type Situation, type Work } from './apply-changes.js';
import { alsoLocked } from './locked.js';
import { sortChanges } from './object-state.js';

/** What the plan depends on, and what is verified beyond the changes. */
interface VerifiedSituation extends Situation {
  /** What the create call has made already. */
  readonly made?: readonly ResolvedChange[];
}

const nothing: Applied = { plan: emptyPlan, outcome: { applied: [], notApplied: [], warnings: [] } };

/**
 * Applies changes of an object, under the locks of others that they write to, and reads back what was written; what is
 * not there is not remembered as written.
 */
export async function applyVerified(
  work: Work,
  uid: string,
  given: readonly Change[],
  situation: VerifiedSituation,
): Promise<Applied> {
  const { environment, objectClass, session } = work;
  const others = objectClass.alsoWrites?.(sortChanges(objectClass, given, situation.state).changes) ?? [];
  const apply = () => applyAndVerify(work, uid, given, situation);
  return alsoLocked(environment, others, apply, session.context.signal);
}

async function applyAndVerify(
  work: Work,
  uid: string,
  given: readonly Change[],
  situation: VerifiedSituation,
): Promise<Applied> {
  const { environment, objectClass, session } = work;
  const { made = [], state } = situation;
  const done = given.length === 0 ? nothing : await applyChanges(work, uid, given, situation);
  const changes = [...made, ...sortChanges(objectClass, given, state).changes];
  const told = withMade(done.outcome, made);
  const name = state === undefined ? {} : { name: state.found.name };
  const outcome = await environment.verifier.verify({ objectClass, uid, changes, ...name }, told, session);
  const [believed, seen] = [certainlyApplied(told), certainlyApplied(outcome)];
  const doubtful = changes.filter(({ attribute }) => believed.has(attribute) && !seen.has(attribute));
  environment.writes.doubted(objectClass, uid, doubtful);
  return { ...done, outcome };
}

function withMade(outcome: Outcome, made: readonly ResolvedChange[]): Outcome {
  return { ...outcome, applied: [...made.map(({ attribute }) => attribute), ...outcome.applied] };
}
