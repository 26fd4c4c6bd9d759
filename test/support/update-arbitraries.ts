import fc from 'fast-check';
import type { AttributeDeclaration } from '../../src/connid/attribute.js';
import { type UserAttribute, userAttributes } from '../../src/zoom/user/attributes.js';
import { phoneAttributes } from '../../src/zoom/user/phone/attributes.js';
import type { Shown, Value } from './random-users.js';

/** A change of one attribute, as callers of the connector write it. */
export interface Wish {
  readonly name: string;
  readonly valuesToReplace?: readonly Value[];
  readonly valuesToAdd?: readonly Value[];
  readonly valuesToRemove?: readonly Value[];
}

const words = fc.constantFrom('Sales', 'R&D "North"', 'Ōsaka 東京', "O'Neil \\ Söhne", 'a'.repeat(60));
/** Contact numbers as REST tells them, and as SCIM does. */
export const phonesOverRest = [
  'tel:+15550100;label=Office;country=US',
  'tel:+15550101;label=Mobile;country=US',
  'tel:+442071838750;label=Home;country=GB',
];
export const phonesOverScim = phonesOverRest.map((phone) => phone.replace(/;country=.*/, ''));

/** Values that an attribute may get, and whether it can be cleared. */
interface Possible {
  readonly values: fc.Arbitrary<Value>;
  readonly cleared: boolean;
}

const mandatoryWords: Possible = { values: words, cleared: false };

/** Attributes that plain words do not suit, or that other values make of nothing. */
const special: Readonly<Record<string, Possible>> = {
  __ENABLE__: { values: fc.boolean(), cleared: false },
  FIRST_NAME: mandatoryWords,
  LAST_NAME: mandatoryWords,
  DISPLAY_NAME: mandatoryWords,
  LANGUAGE: { values: fc.constantFrom('en-US', 'de-DE', 'jp-JP'), cleared: false },
  TIME_ZONE: { values: fc.constantFrom('Europe/Berlin', 'Asia/Tokyo'), cleared: false },
  PRONOUNS_OPTION: { values: fc.constantFrom(1, 2, 3), cleared: false },
  TYPE: { values: fc.constantFrom(1, 2), cleared: false },
};

/** Attributes that only SCIM can change and show, some of the licences among them. */
const overScim: Readonly<Record<string, Possible>> = {
  VANITY_NAME: { values: fc.constantFrom('one.room', 'other.room'), cleared: false },
  EMPLOYEE_UNIQUE_ID: { values: fc.constantFrom('E-1', 'E-2'), cleared: true },
  ZOOM_WHITEBOARD: { values: fc.boolean(), cleared: false },
  ZOOM_DOCS: { values: fc.boolean(), cleared: false },
};

/** Attributes that are tested elsewhere: their values must exist in the account, or they sway other attributes. */
const leftOut: ReadonlySet<string> = new Set<UserAttribute>([
  ...([
    '__NAME__',
    'ROLE_ID',
    'PLAN_UNITED_TYPE',
    'ZOOM_ONE_TYPE',
    'PERSONAL_MEETING_ID',
    'USE_PMI',
  ] as const),
  ...(Object.keys(phoneAttributes) as (keyof typeof phoneAttributes)[]),
]);

/** Single-valued attributes with what they may become: a new text attribute is among them from its first day. */
const singles: Readonly<Record<string, Possible>> = {
  ...Object.fromEntries(
    Object.entries<AttributeDeclaration>(userAttributes)
      .filter(([name, row]) => isSingle(row) && !leftOut.has(name))
      .map(([name, row]) => [name, special[name] ?? plainWords(name, row)]),
  ),
  ...overScim,
};

function isSingle({ multiValued, readable, updateable }: AttributeDeclaration): boolean {
  return multiValued === undefined && readable === undefined && updateable === undefined;
}

function plainWords(name: string, { clearable, form, type }: AttributeDeclaration): Possible {
  if (type === 'String' && form === undefined) return { values: words, cleared: clearable !== false };
  throw new Error(`${name} needs a row in "special" or "leftOut": it takes no plain words`);
}

/**
 * Changes of a user, each attribute at most once.
 * @param updateable - attributes that may be changed; what is random here is a part of them.
 * @param lists - possible values of attributes with several.
 */
export function wishes(
  updateable: ReadonlySet<string>,
  lists: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<readonly Wish[]> {
  const single = Object.entries(singles).map(([name, { cleared, values }]) => {
    const value = values.map((one) => ({ name, valuesToReplace: [one] }));
    return cleared ? fc.oneof(value, fc.constant({ name, valuesToReplace: [] })) : value;
  });
  const several = Object.entries(lists).map(([name, values]) => listWish(name, values));
  const names = [...Object.keys(singles), ...Object.keys(lists)];
  const possible = [...single, ...several].filter((_, index) => updateable.has(names[index] ?? ''));
  return fc
    .subarray(possible, { minLength: 1, maxLength: 6 })
    .chain((chosen) => fc.tuple(...(chosen as fc.Arbitrary<Wish>[])));
}

function listWish(name: string, values: readonly string[]): fc.Arbitrary<Wish> {
  const some = fc.subarray([...values], { minLength: 1 });
  return fc.oneof(
    fc.subarray([...values]).map((valuesToReplace) => ({ name, valuesToReplace })),
    some.map((valuesToAdd) => ({ name, valuesToAdd })),
    some.map((valuesToRemove) => ({ name, valuesToRemove })),
    fc.tuple(some, some).map(([valuesToAdd, valuesToRemove]) => ({ name, valuesToAdd, valuesToRemove })),
  );
}

/** ConnId's algebra: what an attribute is after a change. Values to remove go before those to add. */
export function applyWish(shown: Shown[string] | undefined, wish: Wish): Shown[string] {
  const { valuesToAdd = [], valuesToRemove = [], valuesToReplace } = wish;
  if (!Array.isArray(shown)) return valuesToReplace?.[0] ?? null;
  if (valuesToReplace !== undefined) return valuesToReplace;
  const held = shown as readonly Value[];
  return [...new Set([...held.filter((value) => !valuesToRemove.includes(value)), ...valuesToAdd])];
}
