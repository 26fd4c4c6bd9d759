import { ConnectorError } from '../../connid/errors.js';

/** Something a call is about, as the caller knows it. */
export interface Subject {
  /** What it is: `phone number`, `calling plan`. */
  readonly kind: string;
  readonly value: string;
}

/**
 * Names what a refused call was about: where Zoom's words quote one of several values that one, else all of them. An
 * unknown id among those values does not mean that the object of the operation is unknown, so it is a precondition.
 */
export function namingWhatWasRefused(
  ...subjects: readonly Subject[]
): (error: ConnectorError) => ConnectorError {
  return (error) => {
    const { status, message = '' } = error.details.upstream ?? {};
    if (status === undefined || status < 400 || status >= 500 || error.kind === 'retryable') return error;
    const quoted = subjects.filter(({ value }) => quotes(message, value));
    const kind = error.kind === 'unknownUid' ? 'preconditionFailed' : error.kind;
    const sentence = `${error.message} It was about the ${words(quoted.length > 0 ? quoted : subjects)}.`;
    return new ConnectorError(kind, sentence, error.details);
  };
}

/** The same for a value the caller gave: one that Zoom does not know is an invalid value of the attribute. */
export function namingInvalidValue(subject: Subject): (error: ConnectorError) => ConnectorError {
  const named = namingWhatWasRefused(subject);
  return (error) => {
    const told = named(error);
    return error.kind === 'unknownUid'
      ? new ConnectorError('invalidAttributeValue', told.message, told.details)
      : told;
  };
}

/** Whether a text has the value as a word of its own. */
function quotes(text: string, value: string): boolean {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  return words.includes(value.replace(/^\+/, ''));
}

function words(subjects: readonly Subject[]): string {
  return subjects.map(({ kind, value }) => `${kind} ${value}`).join(', ');
}
