/** Ids of users, groups and sites: 22 characters of base64url, in old samples other base64 and 32 hex digits. */
export const idForm = { pattern: /^[A-Za-z0-9_\-+/=&]{20,40}$/, words: "an id of Zoom's form" } as const;

/** Ids of account roles: the built-in ones are `0` owner, `1` admin, `2` member. */
export const roleIdForm = { pattern: /^(?:[012]|[A-Za-z0-9_\-+/=&]{20,40})$/, words: 'a role id' } as const;

/**
 * E-mail addresses as far as form matters here; Zoom takes 128 characters at most. They stand in paths, so no part of
 * one may be `.` or `..`, and neither may there be lone surrogates, which can not be encoded.
 */
export const addressForm = {
  pattern: /^(?=.{3,128}$)(?!(?:.*[/\\])?\.{1,2}(?:[/\\]|$))[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u,
  words: 'an e-mail address of at most 128 characters',
} as const;

/** Non-negative whole numbers given as text, so that every digit is kept. */
export const digitsForm = { pattern: /^\d{1,20}$/, words: 'a whole number' } as const;

/** Whether the text has the form of an id that Zoom gave out. */
export function isId(text: string): boolean {
  return idForm.pattern.test(text);
}

/** Whether the text has the form of an id that Zoom gave a role, or of a built-in one. */
export function isRoleId(text: string): boolean {
  return roleIdForm.pattern.test(text);
}

/** Whether the text can name a user by e-mail address. */
export function isAddress(text: string): boolean {
  return addressForm.pattern.test(text);
}

const maxEmployeeIdLength = 320;

/** Last segments of fixed paths below `/users/`: Zoom would not take them for employee ids. */
const fixedUserPaths: readonly string[] = ['me', 'email', 'summary', 'vanity_name', 'zpk'];

/**
 * Whether the text can name a user by employee id. That is free text, but in a path it must not be a fixed path, a dot
 * segment or two segments.
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
