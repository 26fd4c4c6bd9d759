import { type ConnectorError, toConnectorError } from '../connid/errors.js';
import type { Call } from './call.js';
import type { Warning } from './connector.js';
import type { Plan, PlannedStep } from './plan.js';
import type { Session } from './session.js';

/** What came of a plan. */
export interface Outcome {
  /** Attributes of which every step succeeded. */
  readonly applied: readonly string[];
  /** Attributes of which a step failed or was not attempted, and those that were not set right again. */
  readonly notApplied: readonly string[];
  /** The first failure. */
  readonly error?: ConnectorError;
  /** The plan's warnings and those of refusals that are tolerated. */
  readonly warnings: readonly Warning[];
}

/**
 * Runs the steps of a plan in order. After a failure independent steps still run; those that depend on a failed or
 * skipped one do not, unless they are guaranteed.
 * @param guaranteed - opens a session for a guaranteed step, whose signal must not be that of the operation and whose
 * time begins with the step.
 */
export async function executePlan(plan: Plan, session: Session, guaranteed: () => Session): Promise<Outcome> {
  const unfinished = new Set<string>();
  const warnings = [...plan.warnings];
  let error: ConnectorError | undefined;
  for (const step of plan.steps) {
    if (!step.guaranteed && step.dependsOn.some((name) => unfinished.has(name))) {
      unfinished.add(step.name);
      continue;
    }
    try {
      warnings.push(...(await runStep(step, step.guaranteed ? guaranteed() : session)));
    } catch (thrown) {
      unfinished.add(step.name);
      error ??= toConnectorError(thrown);
    }
  }
  return { ...splitAttributes(plan.steps, unfinished), warnings, ...(error !== undefined && { error }) };
}

/** @returns warnings of refusals that are tolerated. */
async function runStep({ calls, otherwise }: PlannedStep, session: Session): Promise<readonly Warning[]> {
  const [first, ...others] = calls;
  if (first === undefined) return [];
  let warnings: readonly Warning[];
  try {
    warnings = await runCalls([first], session);
  } catch (thrown) {
    if (otherwise?.when(toConnectorError(thrown)) !== true) throw thrown;
    return runCalls(otherwise.calls, session);
  }
  return [...warnings, ...(await runCalls(others, session))];
}

async function runCalls(calls: readonly Call[], session: Session): Promise<readonly Warning[]> {
  const warnings: Warning[] = [];
  for (const call of calls) {
    try {
      await session.send(call);
    } catch (thrown) {
      const warning = call.tolerate?.(toConnectorError(thrown));
      if (warning === undefined) throw thrown;
      warnings.push(warning);
    }
  }
  return warnings;
}

function splitAttributes(
  steps: readonly PlannedStep[],
  unfinished: ReadonlySet<string>,
): Pick<Outcome, 'applied' | 'notApplied'> {
  const all = new Set(steps.flatMap((step) => step.attributes));
  const failed = new Set(
    steps
      .filter((step) => unfinished.has(step.name))
      .flatMap(({ attributes, restores = [] }) => [...attributes, ...restores]),
  );
  return { applied: [...all].filter((name) => !failed.has(name)), notApplied: [...failed] };
}
