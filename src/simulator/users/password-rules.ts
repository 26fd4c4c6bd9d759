/** Zoom's code and message for a broken rule. */
interface BrokenRule {
  readonly code: number;
  readonly message: string;
}

interface Rule extends BrokenRule {
  readonly holds: (password: string) => boolean;
}

const sequence = 4;

/** Rules for passwords. Source: https://developers.zoom.us/docs/api/users/#tag/users/PUT/users/{userId}/password */
const rules: readonly Rule[] = [
  { code: 1124, message: 'Have at least 8 characters', holds: (word) => word.length >= 8 },
  { code: 1125, message: 'Have at least 1 letter (a, b, c…)', holds: (word) => /[a-z]/i.test(word) },
  { code: 1126, message: 'Have at least 1 number (1, 2, 3…)', holds: (word) => /\d/.test(word) },
  {
    code: 1127,
    message: 'Have at least 1 special character (!, @, #…)',
    holds: (word) => /[^a-z0-9\s]/i.test(word),
  },
  {
    code: 1128,
    message: 'Include both Upper case and Lower case characters',
    holds: (word) => /[a-z]/.test(word) && /[A-Z]/.test(word),
  },
  { code: 1130, message: "Password can't use the same character.", holds: (word) => !/(.)\1{3}/.test(word) },
  {
    code: 1131,
    message: "Password can't use continuation character.Such as 'abcdef','123456'.",
    holds: (word) => !hasSequence(word),
  },
  {
    code: 1136,
    message: 'Your password is too easy to guess. Try another one.',
    holds: (word) => !/password|zoom|qwerty/i.test(word),
  },
];

/** The first rule that a password breaks; undefined for a valid password. */
export function brokenRule(password: string): BrokenRule | undefined {
  return rules.find((rule) => !rule.holds(password));
}

/** True when the word contains a run such as `abcd` or `1234`. */
function hasSequence(word: string): boolean {
  let run = 1;
  for (let index = 1; index < word.length; index += 1) {
    const follows = word.charCodeAt(index) - word.charCodeAt(index - 1) === 1;
    run = follows && /[a-z0-9]/i.test(word.charAt(index)) ? run + 1 : 1;
    if (run >= sequence) return true;
  }
  return false;
}
