import { createHash } from 'node:crypto';

const mask = '********';

/** Members whose text is never logged, whatever it is. */
const secretMember = /password|secret|token|authorization|cookie|credential/i;

/** Bounded repetitions: the text may be long and hostile. */
const address = /[^\s@"'<>(),;:]{1,64}@[^\s@"'<>(),;:]{1,255}/g;
const bearer = /\b(Bearer|Basic) +[A-Za-z0-9\-._~+/]+=*/gi;

/** Free text without e-mail addresses and credentials. */
export function redactText(text: string): string {
  return text.replace(bearer, `$1 ${mask}`).replace(address, '<address>');
}

/**
 * A value as it may be logged: secret members masked, text redacted.
 * @param depth - levels still looked into; what lies deeper is left out.
 */
function redactValue(value: unknown, depth = 6): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '...';
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth - 1));
  // Guarded strings, dates and the like say themselves how they are shown.
  if (hasToJson(value)) return redactValue(value.toJSON(), depth - 1);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, redactMember(name, member, depth - 1)]),
  );
}

function hasToJson(value: object): value is { toJSON: () => unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

/** A member of a log entry as it may be logged. */
export function redactMember(name: string, value: unknown, depth = 6): unknown {
  const secret = secretMember.test(name) && (typeof value === 'string' || typeof value === 'object');
  return secret ? mask : redactValue(value, depth);
}

/** What ids of Zoom look like; anything else may be an address, a name, or whatever a caller made up. */
const idLike = /^[A-Za-z0-9_\-+/=&.]{1,64}$/;

/**
 * A uid as it may be logged. The uid of a pending user is an e-mail address: it becomes a digest, so that entries
 * about one object can still be told to belong together, and be found by whoever knows the address.
 */
export function loggableUid(uid: string): string {
  if (idLike.test(uid)) return uid;
  return `sha256:${createHash('sha256').update(uid.toLowerCase()).digest('hex').slice(0, 16)}`;
}

/** Names come from the caller; only what looks like an attribute's name is one. */
export function loggableName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/.test(name) ? name : '?';
}
