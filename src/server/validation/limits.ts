import type { Finding } from '../../connid/errors.js';
import type { JsonSchema, SchemaName, SchemaSet } from './schemas.js';
import { memberOf, sentenceAbout, subjectOf } from './sentences.js';

/** Maximum number of members of an object in a request. The schemas repeat it where a member may have any name. */
export const maxMembers = 1_000;

/** Maximum number of members and items of a whole request. Values of attributes do not count. */
export const maxBodyMembers = 10_000;

/**
 * Finds the first limit on numbers of members that a value exceeds. It looks at no more members than the limits allow,
 * so its cost does not grow with the value.
 * @returns `undefined` if the value keeps all limits. It may violate its schema in other ways.
 */
type LimitCheck = (name: SchemaName, value: unknown) => Finding | undefined;

/** Makes the check that comes before a schema is applied: ajv would look at every member and copy every error. */
export function createLimitCheck(schemas: SchemaSet): LimitCheck {
  const byId = new Map(Object.values(schemas).map((schema) => [schema['$id'], schema]));
  return (name, value) => {
    let left = maxBodyMembers;
    const visit = (part: unknown, schema: JsonSchema, place: Place): Finding | undefined => {
      if (typeof part !== 'object' || part === null) return undefined;
      const referred = byId.get(schema['$ref']) ?? schema['then'];
      if (referred !== undefined) return visit(part, referred as JsonSchema, place);
      // A schema without a type accepts everything, so nothing is looked at afterwards either.
      if (schema['type'] === undefined) return undefined;
      const members = Array.isArray(part) ? itemsOf(part, schema, place) : membersOf(part, schema, place);
      if ('message' in members) return members;
      left -= members.length;
      if (left < 0) return tooLarge;
      for (const { value: member, schema: own, place: at } of members) {
        const finding = visit(member, own, at);
        if (finding !== undefined) return finding;
      }
      return undefined;
    };
    return visit(value, schemas[name], { path: '' });
  };
}

const tooLarge: Finding = {
  path: '',
  message: `The body must have at most ${maxBodyMembers} members and items in all; values of attributes do not count.`,
};

/** A part of a request: its JSON pointer. If its own name must not be repeated, that of the object around it. */
interface Place {
  readonly path: string;
  /** Index of the part in that object. */
  readonly member?: number;
}

/** A member of an object or an item of a list, with its schema. */
interface Member {
  readonly value: unknown;
  readonly schema: JsonSchema;
  readonly place: Place;
}

type Members = readonly Member[] | Finding;

function itemsOf(list: readonly unknown[], { items, maxItems }: JsonSchema, place: Place): Members {
  if (typeof maxItems === 'number' && list.length > maxItems) return exceeded(place, 'maxItems', maxItems);
  // Names and values of attributes have no members.
  if (!isSchema(items) || items['$ref'] === undefined) return [];
  return list.map((value, index) => ({ value, schema: items, place: { path: `${place.path}/${index}` } }));
}

function membersOf(object: object, { additionalProperties, properties }: JsonSchema, place: Place): Members {
  const entries = Object.entries(object) as [string, unknown][];
  if (entries.length > maxMembers) return exceeded(place, 'maxProperties', maxMembers);
  const known = new Map(Object.entries(isSchema(properties) ? properties : {}) as [string, JsonSchema][]);
  const others = isSchema(additionalProperties) ? additionalProperties : {};
  return entries.map(([name, value], index) => {
    const schema = known.get(name);
    // The name of any other member may be a secret in the wrong place, so the place does not contain it.
    return schema === undefined
      ? { value, schema: others, place: { path: place.path, member: index } }
      : { value, schema, place: { path: `${place.path}/${name}` } };
  });
}

function exceeded({ path, member }: Place, keyword: 'maxItems' | 'maxProperties', limit: number): Finding {
  const around = subjectOf(path);
  const subject = member === undefined ? around : memberOf(around, member);
  return { path, message: sentenceAbout(subject, keyword, { limit }) };
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null;
}
