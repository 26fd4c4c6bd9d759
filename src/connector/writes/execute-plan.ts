import { type ConnectorError, toConnectorError } from '../../connid/errors.js';
import type { Warning } from '../connector.js';
import type { Call, Session } from '../object-class/call.js';
import type { Plan, PlannedStep } from '../object-class/plan.js';

/** The result of a plan. */
export interface Outcome {
  /** Attributes whose calls all succeeded. */
  readonly applied: readonly string[];
  /** Attributes with a failed or skipped call, and attributes that a restoring step did not restore. */
  readonly notApplied: readonly string[];
  /** The first failure. */
  readonly error?: ConnectorError;
  /** Warnings of the plan and warnings for tolerated errors. */
  readonly warnings: readonly Warning[];
}

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
      ? { warnings: [], lost: step.attributes }
      : await runStep(step, step.guaranteed ? guaranteed() : session);
    const isFinished = !skipped && result.error === undefined;
    if (!isFinished) unfinished.add(step.name);
    results.push(isFinished ? result : { ...result, lost: [...result.lost, ...(step.restores ?? [])] });
  }
  const lost = new Set(results.flatMap((result) => result.lost));
  const all = new Set(plan.steps.flatMap((step) => step.attributes));
  const error = results.find((result) => result.error !== undefined)?.error;
  return {
    applied: [...all].filter((name) => !lost.has(name)),
    notApplied: [...lost],
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
  /** The first failure. */
  readonly error?: ConnectorError;
}

async function runStep(step: PlannedStep, session: Session): Promise<StepResult> {
  const { calls, otherwise } = step;
  const first = await runCalls(step, calls.slice(0, 1), session);
  if (first.error !== undefined && otherwise?.when(first.error) === true) {
    return runCalls(step, otherwise.calls, session);
  }
  if (first.error !== undefined && !step.independent) return { ...first, lost: step.attributes };
  const others = await runCalls(step, calls.slice(1), session);
  const error = first.error ?? others.error;
  return {
    warnings: [...first.warnings, ...others.warnings],
    lost: [...first.lost, ...others.lost],
    ...(error !== undefined && { error }),
  };
}

async function runCalls(step: PlannedStep, calls: readonly Call[], session: Session): Promise<StepResult> {
  const warnings: Warning[] = [];
  const lost: string[] = [];
  let error: ConnectorError | undefined;
  for (const call of calls) {
    const writes = call.writes ?? step.attributes;
    if (error !== undefined && !step.independent) {
      lost.push(...writes);
      continue;
    }
    try {
      await session.send(call);
    } catch (thrown) {
      const failure = toConnectorError(thrown);
      const warning = call.tolerate?.(failure);
      if (warning === undefined) lost.push(...writes);
      else warnings.push(warning);
      if (warning === undefined) error ??= failure;
    }
  }
  return { warnings, lost, ...(error !== undefined && { error }) };
}
