import type { Outcome } from '../execute-plan.js';
import type { Plan } from '../plan.js';

/** A plan and what came of it. */
export interface Applied {
  readonly plan: Plan;
  readonly outcome: Outcome;
}

/** What two plans for the same changes have come to, of which the second took up what the first had left. */
export function bothApplied(first: Applied, second: Applied): Applied {
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
