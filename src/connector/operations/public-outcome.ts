import { ConnectorError, type ErrorDetails } from '../../connid/errors.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { Warning } from '../connector.js';
import { certainlyApplied, type Outcome } from '../writes/execute-plan.js';

/** The lists of attributes next to an error. */
type OutcomeLists = Pick<ErrorDetails, 'applied' | 'notApplied' | 'unknown'>;

/**
 * The attributes by their outcome, under their public names. Errors have no warnings, so an attribute that a warning
 * names counts as not applied. The list of attributes in doubt is absent when it is empty.
 */
export function publicOutcome(view: ObjectClassView, outcome: Outcome): OutcomeLists {
  const { notApplied, unknown, warnings } = outcome;
  const warned = warnings.flatMap(({ attributes }) => attributes);
  return publicLists(view, {
    applied: [...certainlyApplied(outcome)],
    notApplied: [...new Set([...notApplied, ...warned.filter((name) => !unknown.includes(name))])],
    ...(unknown.length > 0 && { unknown }),
  });
}

/** Waits for work, and puts public names into the attribute lists of its error. */
export async function withPublicNames<T>(view: ObjectClassView, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    throw thrown.with(publicLists(view, thrown.details));
  }
}

function publicLists(view: ObjectClassView, { applied, notApplied, unknown }: OutcomeLists): OutcomeLists {
  const publicNames = (names: readonly string[]) => names.map((name) => view.publicName(name));
  return {
    ...(applied !== undefined && { applied: publicNames(applied) }),
    ...(notApplied !== undefined && { notApplied: publicNames(notApplied) }),
    ...(unknown !== undefined && { unknown: publicNames(unknown) }),
  };
}

/** Warnings with attributes under their public names. */
export function publicWarnings(view: ObjectClassView, warnings: readonly Warning[]): readonly Warning[] {
  return warnings.map((warning) => ({
    ...warning,
    attributes: warning.attributes.map((name) => view.publicName(name)),
  }));
}
