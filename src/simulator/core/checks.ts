/** Says whether a value can be stored in a field. */
export type Check = (value: unknown) => boolean;

/** A check that also says of which type the values are that it accepts. */
export type Guard<T> = (value: unknown) => value is T;

const han = /\p{Script=Han}/gu;

/** A text of limited length; Zoom limits Chinese characters further. */
export function text(maximum = Infinity, maximumHan = Infinity): Guard<string> {
  return (value): value is string =>
    typeof value === 'string' && value.length <= maximum && (value.match(han)?.length ?? 0) <= maximumHan;
}

export const flag: Guard<boolean> = (value) => typeof value === 'boolean';

export function oneOf<const T>(...values: readonly T[]): Guard<T> {
  return (value): value is T => (values as readonly unknown[]).includes(value);
}

export function listOf<T>(check: Guard<T>, maximum: number): Guard<readonly T[]> {
  return (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= maximum && value.every(check);
}

/** An object with these members; further members are not looked at. */
export function shape<T extends object>(
  checks: Readonly<Record<keyof T, Check>>,
  optional: readonly (keyof T)[] = [],
): Guard<T> {
  return (value): value is T => {
    if (typeof value !== 'object' || value === null) return false;
    return (Object.keys(checks) as (keyof T)[]).every((name) => {
      const member = (value as Partial<T>)[name];
      return member === undefined ? optional.includes(name) : checks[name](member);
    });
  };
}
