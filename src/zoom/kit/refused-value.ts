import type { Call } from '../../connector/object-class/call.js';
import type { Otherwise } from '../../connector/object-class/plan.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { ConnectorError, type ErrorKind } from '../../connid/errors.js';

/** A value in a call, in the words of the caller. */
export interface Subject {
  /** For instance `phone number` or `calling plan`. */
  readonly kind: string;
  readonly value: string;
}

/**
 * Adds to a refusal the value it was about: the one that Zoom's message quotes, otherwise all of them. An unknown id
 * among the values does not mean that the object of the operation is unknown, so it becomes `preconditionFailed`.
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

/** The same for a value from the caller: if Zoom does not know it, the value of the attribute is invalid. */
export function namingInvalidValue(subject: Subject): (error: ConnectorError) => ConnectorError {
  const named = namingWhatWasRefused(subject);
  return (error) => {
    const refusal = named(error);
    return error.kind === 'unknownUid'
      ? new ConnectorError('invalidAttributeValue', refusal.message, refusal.details)
      : refusal;
  };
}

/** Codes of refusals that another body does not avoid: the state of the user, or the rights of our application. */
const generalRefusals: readonly unknown[] = [104, 124, 1053, 1120, 4700, 4711, 5411];

const refusing: readonly ErrorKind[] = [
  'invalidAttributeValue',
  'preconditionFailed',
  'permissionDenied',
  'alreadyExists',
];

/** True for a refusal that may concern one of several values, so that the others can be written apart from it. */
export function mayConcernOneValue({ details, kind }: ConnectorError): boolean {
  const { code, message = '', status } = details.upstream ?? {};
  // Over SCIM errors have no code.
  const isGeneral =
    code === undefined
      ? /^user is (?:force )?inactive|not exist or not belong/i.test(message)
      : generalRefusals.includes(code);
  return refusing.includes(kind) && (status === 400 || status === 409) && !isGeneral;
}

type Changes = ReadonlyMap<string, ResolvedChange>;

/**
 * A call for each unit of the changes, for when Zoom has refused the call that makes them all: the other ones need not
 * share the fate of the refused one.
 * @param unitOf - the unit of an attribute; attributes of the same unit stay together.
 * @returns `undefined` when there is nothing to separate.
 */
export function eachApart(
  changes: Changes,
  unitOf: (attribute: string) => string,
  callOf: (unit: Changes) => Call,
): Otherwise | undefined {
  const units = new Map<string, Map<string, ResolvedChange>>();
  for (const [name, change] of changes) {
    const unit = unitOf(name);
    units.set(unit, (units.get(unit) ?? new Map<string, ResolvedChange>()).set(name, change));
  }
  if (units.size < 2) return undefined;
  return { when: mayConcernOneValue, calls: [...units.values()].map(callOf) };
}

/** True when a text contains the value as a word. */
function quotes(text: string, value: string): boolean {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  return words.includes(value.replace(/^\+/, ''));
}

function words(subjects: readonly Subject[]): string {
  return subjects.map(({ kind, value }) => `${kind} ${value}`).join(', ');
}
