import { ConnectorError, errorKinds } from '../../connid/errors.js';
import type { Warning } from '../connector.js';
import { openSession, type Session, type Target } from '../object-class/call.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { Pause } from '../ports.js';
import { certainlyApplied, type Outcome } from './execute-plan.js';
import { readBack, type Verdict, type Written } from './read-back.js';

/** What becomes of a difference: a warning, or an error. */
type Consequence = 'warn' | 'fail';

const ignoredMessage = (targetName: string) =>
  `${targetName} answered success, but reads show other values than were written.`;

const unreadMessage =
  'What was written could not be read back, so it is unknown whether the change took effect.';

/** How a difference is reported. */
interface Report {
  readonly consequence: Consequence;
  readonly targetName: string;
}

/**
 * Merges the result of the read-back into the outcome. Errors have no warnings: next to an error an ignored attribute
 * counts as not applied, and one that could not be read counts as the target answered it.
 */
function amendOutcome(outcome: Outcome, verdict: Verdict, { consequence, targetName }: Report): Outcome {
  const { ignored, unread } = verdict;
  if (outcome.error !== undefined) return withdraw(outcome, ignored);
  if (consequence === 'warn') {
    return { ...outcome, warnings: [...outcome.warnings, ...warningsFor(verdict, targetName)] };
  }
  const error = ignored.length > 0 ? writeIgnored(targetName) : verdict.error && notVerified(verdict.error);
  return error === undefined ? outcome : { ...withdraw(outcome, [...ignored, ...unread]), error };
}

function withdraw(outcome: Outcome, attributes: readonly string[]): Outcome {
  const { applied, notApplied } = outcome;
  return {
    ...outcome,
    applied: applied.filter((name) => !attributes.includes(name)),
    notApplied: [...notApplied, ...attributes],
  };
}

function warningsFor({ error, ignored, unread }: Verdict, targetName: string): readonly Warning[] {
  const other = { code: 'WRITE_IGNORED', message: ignoredMessage(targetName), attributes: ignored };
  const message = `${unreadMessage} ${error?.message ?? ''}`.trim();
  const unknown = { code: 'WRITE_NOT_VERIFIED', message, attributes: unread };
  return [other, unknown].filter(({ attributes }) => attributes.length > 0);
}

/** The object is in a state in which the target does not take the change, so a repetition would not help. */
function writeIgnored(targetName: string): ConnectorError {
  return new ConnectorError('preconditionFailed', ignoredMessage(targetName), {
    hint: 'Read the object to see what it has. With service.verifyWrites "warn" this is a warning.',
  });
}

/** The writes were made, so whatever kept us from reading says nothing about them; a repetition settles it. */
function notVerified(cause: ConnectorError): ConnectorError {
  const kind = errorKinds[cause.kind].retryable ? cause.kind : 'connectorIO';
  const { retryAfter } = cause.details;
  return new ConnectorError(kind, unreadMessage, {
    hint: 'Read the object, or repeat the update: it writes only what is missing.',
    ...(retryAfter !== undefined && { retryAfter }),
    cause,
  });
}

/** Looks whether writes that the target has confirmed were made. */
export interface Verifier {
  /**
   * @param written - the changes that were planned; those that count as applied are read back.
   * @returns the outcome as it really is.
   */
  verify(written: Written, outcome: Outcome, session: Session): Promise<Outcome>;
}

/** Believes what the target says. */
export const noVerifier: Verifier = { verify: (_, outcome) => Promise.resolve(outcome) };

/** What a verifier works with. */
interface VerifierParts {
  /** As the target shows them: an overlay of recent writes would hide what is looked for. */
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
      // A class may hold on to what an operation has made; to a context of its own it tells what is there.
      const session = openSession(target, { ...context });
      const verdict = await readBack({ ...written, objectClass, changes }, session, pause);
      return amendOutcome(outcome, verdict, { consequence, targetName });
    },
  };
}
