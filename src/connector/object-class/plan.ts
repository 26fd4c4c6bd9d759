import type { Values } from '../../connid/attribute.js';
import type { ResolvedChange } from '../../connid/delta.js';
import type { ConnectorError } from '../../connid/errors.js';
import type { Warning } from '../connector.js';
import type { Call } from './call.js';

/** One step of a plan: calls made in order, for the attributes they write. */
export interface PlannedStep {
  readonly name: string;
  readonly attributes: readonly string[];
  /** Attributes that the plan changes for its own ends and this step sets right; a failure reports them. */
  readonly restores?: readonly string[];
  readonly calls: readonly Call[];
  /** Whether the calls do without each other: then a failure does not keep the later ones from being made. */
  readonly independent: boolean;
  /** What to do instead when the first call is refused in a way that another order of the calls may avoid. */
  readonly otherwise?: Otherwise;
  /** Steps without whose success this one makes no sense. */
  readonly dependsOn: readonly string[];
  /** Runs whatever happened before it, even when the operation's time is up. */
  readonly guaranteed: boolean;
}

/** Calls that take the place of a step's own when the first of those is refused. */
export interface Otherwise {
  readonly when: (error: ConnectorError) => boolean;
  readonly calls: readonly Call[];
}

/** An attribute the operation changes without having been asked to. */
export interface SideEffect {
  readonly attribute: string;
  readonly values: Values;
}

/** What an operation is going to do: data, made before anything is sent. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly warnings: readonly Warning[];
  readonly sideEffects: readonly SideEffect[];
  /** The object is not there any more afterwards. */
  readonly removes?: true;
}

/** A plan that does nothing. */
export const emptyPlan: Plan = { steps: [], warnings: [], sideEffects: [] };

/** The plan of a delete: calls that write no attribute. */
export function deletePlan(calls: readonly Call[]): Plan {
  const step = {
    name: 'delete',
    attributes: [],
    calls,
    independent: false,
    dependsOn: [],
    guaranteed: false,
  };
  return { ...emptyPlan, steps: [step] };
}

/** The plan of a delete after which the object is not there any more. */
export function removalPlan(call: Call): Plan {
  return { ...deletePlan([call]), removes: true };
}

/** A row of a step table: which calls write the changes that belong to it. `Input` is what its class plans with. */
export interface Step<Input> {
  readonly name: string;
  readonly dependsOn?: readonly string[] | ((input: Input) => readonly string[]);
  /** Whether the calls of the step do without each other; default no. */
  readonly independent?: true;
  /** Whether the step must run whatever happened before; default no. */
  readonly guaranteed?: (input: Input) => boolean;
  /** Attributes that the plan changes for its own ends and this step sets right. */
  readonly restores?: (input: Input) => readonly string[];
  /** The calls, none when there is nothing to do. `changes` are those of the step's own attributes. */
  readonly calls: (changes: ReadonlyMap<string, ResolvedChange>, input: Input) => readonly Call[];
  /** What to do instead when the first call is refused. */
  readonly otherwise?: (changes: ReadonlyMap<string, ResolvedChange>, input: Input) => Otherwise | undefined;
}

/**
 * Orders changes into steps: each step of the table gets the changes of its attributes.
 * @param stepsOf - names of the steps that write an attribute.
 * @throws Error when a change is written by no step: the tables would lose it.
 */
export function planSteps<Input>(
  table: readonly Step<Input>[],
  stepsOf: (attribute: string) => readonly string[],
  changes: readonly ResolvedChange[],
  input: Input,
): readonly PlannedStep[] {
  const planned = table
    .map((step) => {
      const own = changes.filter((change) => stepsOf(change.attribute).includes(step.name));
      return planStep(step, new Map(own.map((change) => [change.attribute, change])), input);
    })
    .filter((step) => step.calls.length > 0);
  const written = new Set(planned.flatMap((step) => step.attributes));
  const lost = changes.filter((change) => !written.has(change.attribute));
  if (lost.length > 0) throw new Error(`No step writes ${lost.map((change) => change.attribute).join(', ')}`);
  return planned;
}

function planStep<Input>(
  step: Step<Input>,
  changes: ReadonlyMap<string, ResolvedChange>,
  input: Input,
): PlannedStep {
  const { dependsOn = [] } = step;
  const otherwise = step.otherwise?.(changes, input);
  return {
    name: step.name,
    attributes: [...changes.keys()],
    ...(step.restores !== undefined && { restores: step.restores(input) }),
    calls: step.calls(changes, input),
    independent: step.independent === true,
    ...(otherwise !== undefined && { otherwise }),
    dependsOn: typeof dependsOn === 'function' ? dependsOn(input) : dependsOn,
    guaranteed: step.guaranteed?.(input) ?? false,
  };
}
