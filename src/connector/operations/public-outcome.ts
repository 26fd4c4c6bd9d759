import { ConnectorError } from '../../connid/errors.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { Warning } from '../connector.js';
import { certainlyApplied, type Outcome } from '../writes/execute-plan.js';

/**
 * Applied and not applied attributes next to an error, under their public names. Errors have no warnings, so an
 * attribute that a warning names counts as not applied.
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

/** Waits for work, and puts public names into the attribute lists of its error. */
export async function withPublicNames<T>(view: ObjectClassView, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const { applied, notApplied } = thrown.details;
    const publicNames = (names: readonly string[]) => names.map((name) => view.publicName(name));
    throw thrown.with({
      ...(applied !== undefined && { applied: publicNames(applied) }),
      ...(notApplied !== undefined && { notApplied: publicNames(notApplied) }),
    });
  }
}

/** Warnings with attributes under their public names. */
export function publicWarnings(view: ObjectClassView, warnings: readonly Warning[]): readonly Warning[] {
  return warnings.map((warning) => ({
    ...warning,
    attributes: warning.attributes.map((name) => view.publicName(name)),
  }));
}
