import type { JsonSchema } from '../validation/schemas.js';

/*
 * The schemas of `schemas/` serve two readers. Error messages need one list of the members that a value may have,
 * because the nearest known name is suggested from it. Generators of clients need a named schema for each alternative.
 * This file derives the latter from the former. Both accept the same values.
 */

/**
 * The alternatives of a value, each as a schema of its own with a title to name it by.
 *
 * - An object with exactly one of its members has an alternative for each member.
 * - An object with `oneOf` has an alternative for each entry, which narrows the schema that stands beside it.
 * @returns nothing for a schema without alternatives.
 */
export function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  const { additionalProperties, maxProperties, minProperties, oneOf } = schema;
  if (additionalProperties !== false) return [];
  if (Array.isArray(oneOf)) return (oneOf as JsonSchema[]).map((entry) => narrowed(schema, entry));
  if (minProperties !== 1 || maxProperties !== 1) return [];
  return Object.entries(membersOf(schema)).map(([name, member]) => singleMember(name, member as JsonSchema));
}

/** The schema of a value with alternatives, once these have schemas of their own. */
export function unionOf(schema: JsonSchema, alternatives: readonly JsonSchema[]): JsonSchema {
  const { description, examples, title } = schema;
  return { title, description, oneOf: alternatives, ...(examples === undefined ? {} : { examples }) };
}

/** Turns "if it is of this type, then it has this schema" into a choice between that schema and the other types. */
export function conditionAsChoice(schema: JsonSchema): JsonSchema {
  const { if: condition, then: consequence, type: types, ...rest } = schema;
  if (condition === undefined || !Array.isArray(types)) return schema;
  const { type: decided } = condition as JsonSchema;
  const choices = (types as unknown[]).map((type) => (type === decided ? consequence : { type }));
  return { ...rest, anyOf: choices };
}

function singleMember(name: string, member: JsonSchema): JsonSchema {
  const { title, ...rest } = member;
  return {
    title,
    description: member['description'],
    type: 'object',
    properties: { [name]: rest },
    required: [name],
    additionalProperties: false,
  };
}

/** Members of the schema as the entry narrows them; `true` leaves a member as it is, `false` takes it away. */
function narrowed(schema: JsonSchema, entry: JsonSchema): JsonSchema {
  const own = Object.entries(membersOf(entry)).filter(([, member]) => member !== true);
  const members = Object.entries({ ...membersOf(schema), ...Object.fromEntries(own) });
  return {
    ...entry,
    type: 'object',
    properties: Object.fromEntries(members.filter(([, member]) => member !== false)),
    required: [...namesOf(schema), ...namesOf(entry)],
    additionalProperties: false,
  };
}

function membersOf({ properties }: JsonSchema): Readonly<Record<string, unknown>> {
  return (properties ?? {}) as Readonly<Record<string, unknown>>;
}

function namesOf({ required }: JsonSchema): readonly string[] {
  return (required ?? []) as readonly string[];
}
