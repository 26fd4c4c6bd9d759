/** Ids of users, groups and sites; the same form the client demands of path segments. */
export const idForm = { pattern: /^[A-Za-z0-9_\-+/=&]{20,40}$/, words: "an id of Zoom's form" } as const;

/** Ids of account roles: the built-in ones are `0` owner, `1` admin, `2` member. */
export const roleIdForm = { pattern: /^(?:[012]|[A-Za-z0-9_\-+/=&]{20,40})$/, words: 'a role id' } as const;

/** E-mail addresses as far as form matters here; Zoom takes 128 characters at most. */
export const addressForm = {
  pattern: /^(?=.{3,128}$)[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u,
  words: 'an e-mail address of at most 128 characters',
} as const;

/** Non-negative whole numbers given as text, so that every digit is kept. */
export const digitsForm = { pattern: /^\d{1,20}$/, words: 'a whole number' } as const;
