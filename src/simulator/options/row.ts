/** One option of the simulator: its default, its accepted values and a description. */
export interface OptionRow<T> {
  readonly default: T;
  readonly description: string;
  /** Every accepted value, if the option has a fixed set of values. */
  readonly allowed?: readonly T[];
  /** False for an option that only counts at the start, because it shapes the seeded account. */
  readonly runtime: boolean;
  /** True for a valid value of this option. */
  accepts(value: unknown): boolean;
}

/** Marks an option that shapes the seeded account, so it cannot change while the simulator runs. */
export function atStart<T>(row: OptionRow<T>): OptionRow<T> {
  return { ...row, runtime: false };
}

export function integer(value: number, description: string): OptionRow<number> {
  const accepts = (given: unknown): boolean => Number.isSafeInteger(given) && Number(given) >= 0;
  return { default: value, description, runtime: true, accepts };
}

/** A share between 0 and 1. */
export function share(value: number, description: string): OptionRow<number> {
  const accepts = (given: unknown): boolean => typeof given === 'number' && given >= 0 && given <= 1;
  return { default: value, description, runtime: true, accepts };
}

export function flag(value: boolean, description: string): OptionRow<boolean> {
  return {
    default: value,
    description,
    runtime: true,
    accepts: (given) => typeof given === 'boolean',
  };
}

export function text(value: string, description: string): OptionRow<string> {
  const accepts = (given: unknown): boolean => typeof given === 'string' && given !== '';
  return { default: value, description, runtime: true, accepts };
}

export function texts(value: readonly string[], description: string): OptionRow<readonly string[]> {
  const accepts = (given: unknown): boolean =>
    Array.isArray(given) && given.every((item) => typeof item === 'string');
  return { default: value, description, runtime: true, accepts };
}

export function oneOf<const T extends string | number>(
  value: T,
  others: readonly T[],
  description: string,
): OptionRow<T> {
  const allowed = [value, ...others];
  const accepts = (given: unknown): boolean => (allowed as unknown[]).includes(given);
  return { default: value, allowed, description, runtime: true, accepts };
}

export function special<T>(
  value: T,
  description: string,
  accepts: (given: unknown) => boolean,
): OptionRow<T> {
  return { default: value, description, runtime: true, accepts };
}
