import { createHash } from 'node:crypto';

const mask = '********';

/** Members whose value is never logged. */
const secretMember = /password|secret|token|authorization|cookie|credential/i;

/** The repetitions are bounded, because the text may be long and hostile. */
const address = /[^\s@"'<>(),;:]{1,64}@[^\s@"'<>(),;:]{1,255}/g;
const bearer = /\b(Bearer|Basic) +[A-Za-z0-9\-._~+/]+=*/gi;

/** Replaces e-mail addresses and credentials in a text. */
export function redactText(text: string): string {
  const named = text.includes(' ') ? text.replace(bearer, `$1 ${mask}`) : text;
  return named.includes('@') ? named.replace(address, '<address>') : named;
}

/**
 * Masks secret members of a value, and redacts its texts.
 * @param depth - number of levels to keep; deeper values are left out.
 */
function redactValue(value: unknown, depth = 6): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '...';
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth - 1));
  // Guarded strings, dates and similar objects define their own JSON form.
  if (hasToJson(value)) return redactValue(value.toJSON(), depth - 1);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, redactMember(name, member, depth - 1)]),
  );
}

function hasToJson(value: object): value is { toJSON: () => unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

/** Masks or redacts a member of a log entry. */
export function redactMember(name: string, value: unknown, depth = 6): unknown {
  const secret = (typeof value === 'string' || typeof value === 'object') && secretMember.test(name);
  return secret ? mask : redactValue(value, depth);
}

/** The form of Zoom's ids. Other text may be an address, a name, a password, or any text that a caller sends. */
const idLike = /^[A-Za-z0-9_\-+/=&]{20,40}$/;

/**
 * Converts a uid for the log. The uid of a pending user is an e-mail address and becomes a digest, so that entries
 * about one object can be correlated, and found by anyone who knows the address.
 */
export function loggableUid(uid: string): string {
  if (idLike.test(uid)) return uid;
  return `sha256:${createHash('sha256').update(uid.toLowerCase()).digest('hex').slice(0, 16)}`;
}
