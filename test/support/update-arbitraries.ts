import fc from 'fast-check';
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

/** Values of single-valued attributes, and whether they can be cleared. */
const singles: Readonly<Record<string, { readonly values: fc.Arbitrary<Value>; readonly cleared: boolean }>> =
  {
    FIRST_NAME: { values: words, cleared: false },
    LAST_NAME: { values: words, cleared: false },
    DISPLAY_NAME: { values: words, cleared: false },
    DEPT: { values: words, cleared: true },
    JOB_TITLE: { values: words, cleared: true },
    COMPANY: { values: words, cleared: true },
    LOCATION: { values: words, cleared: true },
    COST_CENTER: { values: words, cleared: true },
    MANAGER: { values: words, cleared: true },
    PRONOUNS: { values: words, cleared: true },
    CMS_USER_ID: { values: words, cleared: true },
    LANGUAGE: { values: fc.constantFrom('en-US', 'de-DE', 'jp-JP'), cleared: false },
    TIME_ZONE: { values: fc.constantFrom('Europe/Berlin', 'Asia/Tokyo'), cleared: false },
    PRONOUNS_OPTION: { values: fc.constantFrom(1, 2, 3), cleared: false },
    TYPE: { values: fc.constantFrom(1, 2), cleared: false },
    VANITY_NAME: { values: fc.constantFrom('one.room', 'other.room'), cleared: false },
    EMPLOYEE_UNIQUE_ID: { values: fc.constantFrom('E-1', 'E-2'), cleared: true },
    ZOOM_WHITEBOARD: { values: fc.boolean(), cleared: false },
    ZOOM_DOCS: { values: fc.boolean(), cleared: false },
    __ENABLE__: { values: fc.boolean(), cleared: false },
  };

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
