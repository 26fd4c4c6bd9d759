import { type ConnectorError, toConnectorError } from '../../connid/errors.js';
import type { Warning } from '../connector.js';
import type { Call, Session } from '../object-class/call.js';
import type { Plan, PlannedStep } from '../object-class/plan.js';

/** The result of a plan. */
export interface Outcome {
  /** Attributes whose calls all succeeded. */
  readonly applied: readonly string[];
  /** Attributes with a refused or skipped call, and attributes that a restoring step did not restore. */
  readonly notApplied: readonly string[];
  /** Attributes with a call that may have taken effect although its answer was lost. */
  readonly unknown: readonly string[];
  /** The first failure. */
  readonly error?: ConnectorError;
  /** Warnings of the plan and warnings for tolerated errors. */
  readonly warnings: readonly Warning[];
}

/** The outcome of a plan without steps. */
export const noOutcome: Outcome = { applied: [], notApplied: [], unknown: [], warnings: [] };

/** A plan and its result. */
export interface Applied {
  readonly plan: Plan;
  readonly outcome: Outcome;
}

/** The applied attributes that no warning names. */
export function certainlyApplied({ applied, warnings }: Outcome): ReadonlySet<string> {
  const warned = new Set(warnings.flatMap(({ attributes }) => attributes));
  return new Set(applied.filter((name) => !warned.has(name)));
}

/**
 * Runs the steps of a plan in order. After a failure independent steps still run. A step that depends on a failed or
 * skipped step runs only if it is guaranteed.
 * @param guaranteed - opens a session for a guaranteed step. Its signal must not be the operation's signal, and its
 * time begins with the step.
 */
export async function executePlan(plan: Plan, session: Session, guaranteed: () => Session): Promise<Outcome> {
  const unfinished = new Set<string>();
  const results: StepResult[] = [];
  for (const step of plan.steps) {
    const skipped = !step.guaranteed && step.dependsOn.some((name) => unfinished.has(name));
    const result = skipped
      ? { ...nothingDone, lost: step.attributes }
      : await runStep(step, step.guaranteed ? guaranteed() : session);
    const isFinished = !skipped && result.error === undefined;
    if (!isFinished) unfinished.add(step.name);
    results.push(isFinished ? result : withLosses(result, step.restores ?? []));
  }
  const unknown = new Set(results.flatMap((result) => result.unknown));
  const lost = new Set(results.flatMap((result) => result.lost).filter((name) => !unknown.has(name)));
  const all = new Set(plan.steps.flatMap((step) => step.attributes));
  const error = results.find((result) => result.error !== undefined)?.error;
  return {
    applied: [...all].filter((name) => !lost.has(name) && !unknown.has(name)),
    notApplied: [...lost],
    unknown: [...unknown],
    warnings: [...plan.warnings, ...results.flatMap((result) => result.warnings)],
    ...(error !== undefined && { error }),
  };
}

/** The result of some calls. */
interface StepResult {
  /** Warnings for tolerated errors. */
  readonly warnings: readonly Warning[];
  /** Attributes that were not written, or not completely. */
  readonly lost: readonly string[];
  /** Attributes that may or may not have been written. They may be among the lost ones, too. */
  readonly unknown: readonly string[];
  /** The first failure. */
  readonly error?: ConnectorError;
}

const nothingDone: StepResult = { warnings: [], lost: [], unknown: [] };

/** Adds attributes that the error of the result leaves in doubt, or not written. */
function withLosses(result: StepResult, attributes: readonly string[]): StepResult {
  return result.error?.details.mayHaveHappened === true
    ? { ...result, unknown: [...result.unknown, ...attributes] }
    : { ...result, lost: [...result.lost, ...attributes] };
}

function joined(results: readonly StepResult[]): StepResult {
  const error = results.find((result) => result.error !== undefined)?.error;
  return {
    warnings: results.flatMap((result) => result.warnings),
    lost: [...new Set(results.flatMap((result) => result.lost))],
    unknown: [...new Set(results.flatMap((result) => result.unknown))],
    ...(error !== undefined && { error }),
  };
}

async function runStep(step: PlannedStep, session: Session): Promise<StepResult> {
  const { calls, otherwise } = step;
  const first = await runCalls(step, calls.slice(0, 1), session);
  if (first.error !== undefined && otherwise?.when(first.error) === true) {
    return runCalls(step, otherwise.calls, session);
  }
  if (first.error !== undefined && !step.independent) {
    return { ...first, lost: [...first.lost, ...step.attributes] };
  }
  return joined([first, await runCalls(step, calls.slice(1), session)]);
}

async function runCalls(step: PlannedStep, calls: readonly Call[], session: Session): Promise<StepResult> {
  const results: StepResult[] = [];
  let failed = false;
  for (const [index, call] of calls.entries()) {
    // After the end of the operation no call is sent, and a plan may have very many of them.
    if (failed && (!step.independent || session.context.signal.aborted)) {
      const lost = calls.slice(index).flatMap((skipped) => skipped.writes ?? step.attributes);
      results.push({ ...nothingDone, lost });
      break;
    }
    const result = await runCall(call, call.writes ?? step.attributes, session);
    failed ||= result.error !== undefined;
    results.push(result);
  }
  return joined(results);
}

async function runCall(call: Call, writes: readonly string[], session: Session): Promise<StepResult> {
  try {
    await session.send(call);
    return nothingDone;
  } catch (thrown) {
    const error = toConnectorError(thrown);
    const warning = call.tolerate?.(error);
    return warning === undefined
      ? withLosses({ ...nothingDone, error }, writes)
      : { ...nothingDone, warnings: [warning] };
  }
}
