import type { Values } from '../../connid/attribute.js';
import type { ResolvedChange } from '../../connid/delta.js';
import type { ConnectorError } from '../../connid/errors.js';
import type { Warning } from '../connector.js';
import type { Call } from './call.js';

/** One step of a plan: calls in order, and the attributes they write. */
export interface PlannedStep {
  readonly name: string;
  readonly attributes: readonly string[];
  /** Attributes that the plan changes temporarily and this step restores. If it fails, the outcome reports them. */
  readonly restores?: readonly string[];
  readonly calls: readonly Call[];
  /** True if no call needs another one: after a failure the later calls are still made. */
  readonly independent: boolean;
  /** Replaces the calls if the first one fails with an error that another order of calls may avoid. */
  readonly otherwise?: Otherwise;
  /** Names of the steps that must succeed before this one runs. */
  readonly dependsOn: readonly string[];
  /** True if the step runs after any failure, even when the operation's time is up. */
  readonly guaranteed: boolean;
}

/** Calls that replace a step's own calls when the first one fails. */
export interface Otherwise {
  readonly when: (error: ConnectorError) => boolean;
  readonly calls: readonly Call[];
}

/** An attribute that the operation changes although the request does not name it. */
export interface SideEffect {
  readonly attribute: string;
  readonly values: Values;
}

/** The work of an operation, as data. It is complete before the first write is sent. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly warnings: readonly Warning[];
  readonly sideEffects: readonly SideEffect[];
  /** The plan deletes the object. */
  readonly removes?: true;
}

/** A plan that does nothing. */
export const emptyPlan: Plan = { steps: [], warnings: [], sideEffects: [] };

/** The plan of a delete. @param attributes - the attributes that its calls write. */
export function deletePlan(calls: readonly Call[], attributes: readonly string[] = []): Plan {
  const step = {
    name: 'delete',
    attributes,
    calls,
    independent: false,
    dependsOn: [],
    guaranteed: false,
  };
  return { ...emptyPlan, steps: [step] };
}

/** The plan of a delete that removes the object from the target. */
export function removalPlan(call: Call): Plan {
  return { ...deletePlan([call], ['__UID__']), removes: true };
}

/** A row of a step table: makes the calls for changes of its attributes. `Input` is the planning input of the class. */
export interface Step<Input> {
  readonly name: string;
  readonly dependsOn?: readonly string[] | ((input: Input) => readonly string[]);
  /** See `PlannedStep.independent`; default no. */
  readonly independent?: true;
  /** See `PlannedStep.guaranteed`; default no. */
  readonly guaranteed?: (input: Input) => boolean;
  /** See `PlannedStep.restores`; default none. */
  readonly restores?: (input: Input) => readonly string[];
  /** The calls, none when there is nothing to do. `changes` contains only the step's own attributes. */
  readonly calls: (changes: ReadonlyMap<string, ResolvedChange>, input: Input) => readonly Call[];
  /** See `PlannedStep.otherwise`; default none. */
  readonly otherwise?: (changes: ReadonlyMap<string, ResolvedChange>, input: Input) => Otherwise | undefined;
}

/**
 * Sorts changes into steps: each step of the table gets the changes of its attributes.
 * @param stepsOf - returns the names of the steps that write an attribute.
 * @throws Error when no step writes a change: the tables would lose it.
 */
export function planSteps<Input>(
  table: readonly Step<Input>[],
  stepsOf: (attribute: string) => readonly string[],
  changes: readonly ResolvedChange[],
  input: Input,
): readonly PlannedStep[] {
  const planned = table.flatMap((step) => {
    const own = changes.filter((change) => stepsOf(change.attribute).includes(step.name));
    return planStep(step, new Map(own.map((change) => [change.attribute, change])), input);
  });
  const written = new Set(planned.flatMap((step) => step.attributes));
  const lost = changes.filter((change) => !written.has(change.attribute));
  if (lost.length > 0) throw new Error(`No step writes ${lost.map((change) => change.attribute).join(', ')}`);
  return planned;
}

/** @returns nothing for a step that makes no call. */
function planStep<Input>(
  step: Step<Input>,
  changes: ReadonlyMap<string, ResolvedChange>,
  input: Input,
): readonly PlannedStep[] {
  const calls = step.calls(changes, input);
  if (calls.length === 0) return [];
  const { dependsOn = [] } = step;
  const otherwise = step.otherwise?.(changes, input);
  const planned = {
    name: step.name,
    attributes: [...changes.keys()],
    ...(step.restores !== undefined && { restores: step.restores(input) }),
    calls,
    independent: step.independent === true,
    ...(otherwise !== undefined && { otherwise }),
    dependsOn: typeof dependsOn === 'function' ? dependsOn(input) : dependsOn,
    guaranteed: step.guaranteed?.(input) ?? false,
  };
  return [planned];
}
