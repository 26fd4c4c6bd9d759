import { accountOptions } from './account-options.js';
import { behaviourOptions } from './behaviour-options.js';
import type { OptionRow } from './row.js';
import { scimOptions } from './scim-options.js';
import { transportOptions } from './transport-options.js';

/** Every option of the simulator with its default and a one-line description. */
export const simulatorOptions = {
  ...accountOptions,
  ...behaviourOptions,
  ...scimOptions,
  ...transportOptions,
} as const;

type Table = typeof simulatorOptions;

/** Names of the options. */
type OptionName = keyof Table;

/** A complete set of options. */
export type SimulatorOptions = {
  readonly [Name in OptionName]: Table[Name] extends OptionRow<infer T> ? T : never;
};

/** The defaults of all options. */
const defaultOptions: SimulatorOptions = Object.fromEntries(
  Object.entries(simulatorOptions).map(([name, row]) => [name, row.default]),
) as unknown as SimulatorOptions;

/**
 * Fills in defaults and checks what is given; values of `undefined` count as not given.
 * @throws RangeError that names every unknown option and every value that can not be used.
 */
export function completeOptions(given: Partial<SimulatorOptions>): SimulatorOptions {
  const problems = optionProblems(given, false);
  if (problems.length > 0) throw new RangeError(problems.join(' '));
  const present = Object.entries(given as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return { ...defaultOptions, ...Object.fromEntries(present) };
}

/** Sentences on what is wrong with a set of options; with `running`, options for the start only are refused. */
export function optionProblems(given: object, running: boolean): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (!isOptionName(name)) return [`Unknown option: ${name}.`];
    const row: OptionRow<unknown> = simulatorOptions[name];
    if (running && !row.runtime) return [`Option ${name} can only be set at the start.`];
    return row.accepts(value) ? [] : [`Option ${name} can not be ${JSON.stringify(value)}.`];
  });
}

function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(simulatorOptions, name);
}
