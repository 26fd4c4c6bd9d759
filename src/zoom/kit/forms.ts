/** Ids of users, groups and sites: 22 characters of base64url, in old samples other base64 and 32 hex digits. */
export const idForm = { pattern: /^[A-Za-z0-9_\-+/=&]{20,40}$/, words: "an id of Zoom's form" } as const;

/** Ids of account roles: the built-in ones are `0` owner, `1` admin, `2` member. */
export const roleIdForm = { pattern: /^(?:[012]|[A-Za-z0-9_\-+/=&]{20,40})$/, words: 'a role id' } as const;

/**
 * The address syntax we check; Zoom accepts at most 128 characters. Addresses stand in paths, so no part of one may be
 * `.` or `..`. Lone surrogates are refused because they cannot be encoded.
 */
export const addressForm = {
  pattern: /^(?=.{3,128}$)(?!(?:.*[/\\])?\.{1,2}(?:[/\\]|$))[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u,
  words: 'an e-mail address of at most 128 characters',
} as const;

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

/** True for a text that can be an e-mail address. */
export function isAddress(text: string): boolean {
  return addressForm.pattern.test(text);
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
