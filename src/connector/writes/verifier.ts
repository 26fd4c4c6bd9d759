import { ConnectorError, errorKinds } from '../../connid/errors.js';
import type { Warning } from '../connector.js';
import type { Outcome } from './execute-plan.js';
import type { Verdict } from './read-back.js';

/** What becomes of a difference: a warning, or an error. */
export type Consequence = 'warn' | 'fail';

const ignoredMessage = 'Zoom answered success, but reads show other values than were written.';

const unreadMessage =
  'What was written could not be read back, so it is unknown whether the change took effect.';

/**
 * An outcome with what reading back has told. Errors carry no warnings, so beside an error what was ignored is simply
 * not applied, and what could not be read counts as Zoom answered it.
 */
export function amendOutcome(outcome: Outcome, verdict: Verdict, consequence: Consequence): Outcome {
  const { ignored, unread } = verdict;
  if (outcome.error !== undefined) return withdraw(outcome, ignored);
  if (consequence === 'warn') return { ...outcome, warnings: [...outcome.warnings, ...warningsFor(verdict)] };
  const error = ignored.length > 0 ? writeIgnored() : verdict.error && notVerified(verdict.error);
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

function warningsFor({ error, ignored, unread }: Verdict): readonly Warning[] {
  const other = { code: 'WRITE_IGNORED', message: ignoredMessage, attributes: ignored };
  const message = `${unreadMessage} ${error?.message ?? ''}`.trim();
  const unknown = { code: 'WRITE_NOT_VERIFIED', message, attributes: unread };
  return [other, unknown].filter(({ attributes }) => attributes.length > 0);
}

/** The object is in a state in which the target does not take the change, so a repetition would not help. */
function writeIgnored(): ConnectorError {
  return new ConnectorError('preconditionFailed', ignoredMessage, {
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
