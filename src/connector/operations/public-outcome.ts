import { ConnectorError } from '../../connid/errors.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { Warning } from '../connector.js';
import { certainlyApplied, type Outcome } from '../writes/execute-plan.js';

/**
 * What came of the attributes beside an error, under the names the caller knows. Errors carry no warnings, so what a
 * warning would have been about counts as not applied.
 */
export function publicOutcome(
  view: ObjectClassView,
  outcome: Outcome,
): Pick<Outcome, 'applied' | 'notApplied'> {
  const warned = outcome.warnings.flatMap(({ attributes }) => attributes);
  return {
    applied: [...certainlyApplied(outcome)].map((name) => view.publicName(name)),
    notApplied: [...new Set([...outcome.notApplied, ...warned])].map((name) => view.publicName(name)),
  };
}

/** What a plan comes to; a refusal to make one names attributes as the caller knows them. */
export async function withPublicNames<T>(view: ObjectClassView, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const { applied, notApplied } = thrown.details;
    const shown = (names: readonly string[]) => names.map((name) => view.publicName(name));
    throw thrown.with({
      ...(applied !== undefined && { applied: shown(applied) }),
      ...(notApplied !== undefined && { notApplied: shown(notApplied) }),
    });
  }
}

/** Warnings with attributes under the names the caller knows. */
export function publicWarnings(view: ObjectClassView, warnings: readonly Warning[]): readonly Warning[] {
  return warnings.map((warning) => ({
    ...warning,
    attributes: warning.attributes.map((name) => view.publicName(name)),
  }));
}
