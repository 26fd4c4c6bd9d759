import type { Call } from '../../../connector/object-class/call.js';
import type { Otherwise } from '../../../connector/object-class/plan.js';
import type { Attributes, Values } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { eachApart } from '../../kit/refused-value.js';
import type { UserStepInput } from '../policy/prepare-update.js';
import { replaceScimUser } from './calls.js';
import { type Present, replacementOf } from './replacement.js';
import { resourceStep, type ScimUserTables } from './tables.js';

type Changes = ReadonlyMap<string, ResolvedChange>;

/** Input of the steps of a user update over SCIM. It includes that of REST's steps, for attributes only REST writes. */
export interface ScimStepInput extends UserStepInput {
  readonly allChanges: Changes;
  /** The user as it was read. */
  readonly present: Present;
  readonly tables: ScimUserTables;
  /** Attributes whose replacement has failed so far. Later replacements do not carry them. */
  readonly failedSoFar: Set<string>;
}

/**
 * A PUT of the user with some changes, beside those that earlier ones wrote. Its body is made when it is sent, because
 * it depends on which of them have failed by then.
 * @param tolerate - see {@link Call.tolerate}.
 */
export function replacement(
  changes: Changes,
  input: ScimStepInput,
  why: string,
  tolerate?: Call['tolerate'],
): Call {
  const { present, failedSoFar, tables, userId } = input;
  const names = [...changes.keys()];
  return {
    ...replaceScimUser(userId, {}, why),
    get body() {
      return replacementOf(present, carried(changes, input), tables);
    },
    writes: names,
    expect: () => names.forEach((name) => failedSoFar.delete(name)),
    refused: (error) => {
      names.forEach((name) => failedSoFar.add(name));
      return error;
    },
    ...(tolerate !== undefined && { tolerate }),
  };
}

/** The changes of a call, and those of the resource that Zoom took, except requests that must not be repeated. */
function carried(own: Changes, { allChanges, failedSoFar, tables }: ScimStepInput): Attributes {
  const { bindings, fields } = tables;
  const isWritten = (name: string) =>
    bindings[name]?.steps?.includes(resourceStep) === true && fields[name]?.once !== true;
  const values = new Map<string, Values>();
  for (const [name, { after }] of allChanges) {
    if (own.has(name) || (isWritten(name) && !failedSoFar.has(name))) values.set(name, after);
  }
  return values;
}

/** A PUT for each change, where one of them may be refused. Changes that mean something only together stay together. */
export function replacementsApart(changes: Changes, input: ScimStepInput): Otherwise | undefined {
  const familyOf = (name: string) => input.tables.fields[name]?.family ?? name;
  return eachApart(changes, familyOf, (unit) => replacement(unit, input, 'change the user'));
}
