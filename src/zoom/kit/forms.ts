/** Ids of users, groups and sites: 22 characters of base64url, in old samples other base64 and 32 hex digits. */
export const idForm = { pattern: /^[A-Za-z0-9_\-+/=&]{20,40}$/, words: "an id of Zoom's form" } as const;

/** Ids of account roles: the built-in ones are `0` owner, `1` admin, `2` member. */
export const roleIdForm = { pattern: /^(?:[012]|[A-Za-z0-9_\-+/=&]{20,40})$/, words: 'a role id' } as const;

/** Zoom accepts at most 128 characters. */
const fitting = String.raw`(?=.{3,128}$)`;

/** Addresses stand in paths, so no part of one may be `.` or `..`: URLs drop such parts even where they are encoded. */
const withoutDots = String.raw`(?!(?:.*[/\\])?\.{1,2}(?:[/\\]|$))`;

/** Before the `@`: a word, or a quoted string, which may contain blanks (RFC 5321). Lone surrogates have no encoding. */
const localPart = String.raw`(?:[^\s@\p{Cc}\p{Cs}]+|"(?:[^"\\\p{Cc}\p{Cs}]|\\[^\p{Cc}\p{Cs}])*")`;

/** Behind it anything without blanks. */
const anyDomain = String.raw`[^\s@\p{Cc}\p{Cs}]+`;

/** Characters that nobody sees make a domain look like another one. */
const visibleDomain = String.raw`[^\s@\p{Cc}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}]+`;

/** The syntax of an address that we write. */
export const addressForm = {
  pattern: new RegExp(`^${fitting}${withoutDots}${localPart}@${visibleDomain}$`, 'u'),
  words: 'an e-mail address of at most 128 characters, without invisible ones in its domain',
} as const;

const askable = new RegExp(`^${fitting}${withoutDots}${localPart}@${anyDomain}$`, 'u');

const possible = new RegExp(`^${fitting}${localPart}@${anyDomain}$`, 'u');

/** Non-negative whole numbers as text, which keeps every digit. */
export const digitsForm = { pattern: /^\d{1,20}$/, words: 'a whole number' } as const;

/** True for the form of Zoom's ids. */
export function isId(text: string): boolean {
  return idForm.pattern.test(text);
}

/** True for the form of role ids. */
export function isRoleId(text: string): boolean {
  return roleIdForm.pattern.test(text);
}

/** True for an address that Zoom can be asked for. It may have a form that we do not write. */
export function isAddress(text: string): boolean {
  return askable.test(text);
}

/** True for an address that Zoom may have, even if no path can carry it. */
export function isPossibleAddress(text: string): boolean {
  return possible.test(text);
}

/** True for a name of users that a look-up answers: Zoom can be asked for it, or cannot have it. */
export function canLookUpAddress(text: string): boolean {
  return isAddress(text) || !isPossibleAddress(text);
}

const maxEmployeeIdLength = 320;

/** Last segments of fixed paths below `/users/`: Zoom would not take them for employee ids. */
const fixedUserPaths: readonly string[] = ['me', 'email', 'summary', 'vanity_name', 'zpk'];

/**
 * True for a text that can be an employee id. Employee ids are free text, but in a path they must not be a fixed path,
 * a dot segment or two segments.
 */
export function isEmployeeId(value: string): boolean {
  if (
    value.length === 0 ||
    value.length > maxEmployeeIdLength ||
    fixedUserPaths.includes(value.toLowerCase())
  ) {
    return false;
  }
  return !/[\p{Cc}\p{Cs}/\\]/u.test(value) && !/^\.+$/.test(value) && value.trim() === value;
}
