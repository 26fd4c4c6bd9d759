import { ConnectorError, errorKinds } from '../../connid/errors.js';
import type { Warning } from '../connector.js';
import { openSession, type Session, type Target } from '../object-class/call.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { Pause } from '../ports.js';
import { certainlyApplied, type Outcome } from './execute-plan.js';
import { readBack, type Verdict, type Written } from './read-back.js';

/** The consequence of a difference: a warning or an error. */
type Consequence = 'warn' | 'fail';

const ignoredMessage = (targetName: string) =>
  `${targetName} answered success, but reads show other values than were written.`;

const unreadMessage = 'The change could not be read back, so it is unknown whether it took effect.';

/** Settings for reporting a difference. */
interface Report {
  readonly consequence: Consequence;
  readonly targetName: string;
}

/**
 * Merges the result of the read-back into the outcome. Errors have no warnings: next to an error an ignored attribute
 * counts as not applied. An attribute that could not be read counts as the target answered it.
 */
function amendOutcome(outcome: Outcome, verdict: Verdict, { consequence, targetName }: Report): Outcome {
  const { ignored, unread } = verdict;
  if (outcome.error !== undefined) return withdraw(outcome, { ignored, unread: [] });
  if (consequence === 'warn') {
    return { ...outcome, warnings: [...outcome.warnings, ...warningsFor(verdict, targetName)] };
  }
  const error = ignored.length > 0 ? writeIgnored(targetName) : verdict.error && notVerified(verdict.error);
  return error === undefined ? outcome : { ...withdraw(outcome, { ignored, unread }), error };
}

function withdraw(outcome: Outcome, { ignored, unread }: Pick<Verdict, 'ignored' | 'unread'>): Outcome {
  const { applied, notApplied, unknown } = outcome;
  return {
    ...outcome,
    applied: applied.filter((name) => !ignored.includes(name) && !unread.includes(name)),
    notApplied: [...notApplied, ...ignored],
    unknown: [...unknown, ...unread],
  };
}

function warningsFor({ error, ignored, unread }: Verdict, targetName: string): readonly Warning[] {
  const other = { code: 'WRITE_IGNORED', message: ignoredMessage(targetName), attributes: ignored };
  const message = `${unreadMessage} ${error?.message ?? ''}`.trim();
  const unknown = { code: 'WRITE_NOT_VERIFIED', message, attributes: unread };
  return [other, unknown].filter(({ attributes }) => attributes.length > 0);
}

/** The target does not accept the change in the present state of the object, so a repetition would not help. */
function writeIgnored(targetName: string): ConnectorError {
  return new ConnectorError('preconditionFailed', ignoredMessage(targetName), {
    hint: 'Read the object to see what it has. With service.verifyWrites "warn" this is a warning.',
  });
}

/** The writes succeeded and only the read failed, so the error is retryable: a repetition settles the question. */
function notVerified(cause: ConnectorError): ConnectorError {
  const kind = errorKinds[cause.kind].retryable ? cause.kind : 'connectorIO';
  const { retryAfter } = cause.details;
  return new ConnectorError(kind, unreadMessage, {
    hint: 'Read the object, or repeat the update: it writes only what is missing.',
    ...(retryAfter !== undefined && { retryAfter }),
    cause,
  });
}

/** Checks that writes which the target confirmed took effect. */
export interface Verifier {
  /**
   * @param written - the planned changes. The verifier reads back those that count as applied.
   * @returns the outcome, corrected by the values that reads returned.
   */
  verify(written: Written, outcome: Outcome, session: Session): Promise<Outcome>;
}

/** Trusts the target's answers and reads nothing. */
export const noVerifier: Verifier = { verify: (_, outcome) => Promise.resolve(outcome) };

/** The parts of a verifier. */
interface VerifierParts {
  /** Classes without the overlay of recent writes: it would hide the differences. */
  readonly objectClasses: readonly ObjectClass[];
  readonly target: Target;
  readonly targetName: string;
  readonly pause: Pause;
}

/** A verifier that reads back what was written. */
export function createVerifier(
  consequence: 'off' | Consequence,
  { objectClasses, pause, target, targetName }: VerifierParts,
): Verifier {
  if (consequence === 'off') return noVerifier;
  const reads = new Map(objectClasses.map(({ read, view }) => [view.name, read]));
  return {
    verify: async (written, outcome, { context }) => {
      const certain = certainlyApplied(outcome);
      const changes = written.changes.filter(({ attribute }) => certain.has(attribute));
      const { read, view } = written.objectClass;
      const objectClass = { ...written.objectClass, read: reads.get(view.name) ?? read };
      // A class may cache objects of an operation by its context. A new context makes it read the target.
      const session = openSession(target, { ...context });
      const verdict = await readBack({ ...written, objectClass, changes }, session, pause);
      return amendOutcome(outcome, verdict, { consequence, targetName });
    },
  };
}
