import type { ErrorObject } from 'ajv';

import type { Finding } from '../../connid/errors.js';
import { nearestName } from '../../connid/nearest-name.js';

/** An error as ajv reports it with `verbose`, which adds the schema that refused. */
type SchemaError = Pick<ErrorObject, 'keyword' | 'instancePath' | 'schemaPath' | 'params' | 'parentSchema'>;

type Params = Readonly<Record<string, unknown>>;
type Sentence = (subject: string, params: Params, schema: Params) => string;

/** Keywords that only say that another one failed, which is reported by itself. */
const echoes = new Set(['if', 'anyOf', 'not']);

/** Path of an error in an alternative; the error of `oneOf` speaks for all alternatives. */
const insideAlternative = /\/oneOf\/\d/;

/** One sentence per keyword of JSON Schema that `schemas/` uses. None repeats a value: it may be a secret. */
const sentences: Readonly<Record<string, Sentence>> = {
  type: (subject, { type }) => `${subject} must be ${typeNames(type)}.`,
  required: (subject, { missingProperty }) => `${inside(subject)}\`${text(missingProperty)}\` is missing.`,
  additionalProperties: (subject, params, schema) => unknownMember(subject, params, schema),
  minimum: (subject, { limit }) => `${subject} must not be less than ${text(limit)}.`,
  minLength: (subject) => `${subject} must not be empty.`,
  minItems: (subject) => `${subject} must not be empty.`,
  minProperties: (subject, { limit }) => `${subject} must have at least ${members(limit)}.`,
  maxProperties: (subject, { limit }) => `${subject} must have at most ${members(limit)}.`,
  oneOf: (subject, _params, schema) => `${subject} needs either ${alternativesOf(schema).join(', or ')}.`,
};

/**
 * What a schema refused, as plain sentences with JSON pointers.
 * @param errors - all errors of one document, as ajv gives them.
 */
export function findingsOf(errors: readonly SchemaError[]): Finding[] {
  const notObjects = new Set(errors.filter(isTypeError).map(({ instancePath }) => instancePath));
  return errors
    .filter(({ keyword, schemaPath }) => !echoes.has(keyword) && !insideAlternative.test(schemaPath))
    .filter(({ keyword, instancePath }) => keyword !== 'oneOf' || !notObjects.has(instancePath))
    .map(findingOf);
}

function isTypeError({ keyword }: SchemaError): boolean {
  return keyword === 'type';
}

function findingOf({ keyword, instancePath, params, parentSchema }: SchemaError): Finding {
  const sentence = sentences[keyword] ?? ((subject: string) => `${subject} does not have the expected form.`);
  return {
    path: pathOf(instancePath, params),
    message: sentence(subjectOf(instancePath), params, parentSchema ?? {}),
  };
}

/** The pointer of the member concerned, also where the error is reported at the object around it. */
function pathOf(instancePath: string, params: Params): string {
  const member = params['missingProperty'] ?? params['additionalProperty'];
  return member === undefined ? instancePath : `${instancePath}/${escapePointer(shortened(text(member)))}`;
}

function subjectOf(instancePath: string): string {
  if (instancePath === '') return 'The body';
  const segments = instancePath.slice(1).split('/').map(unescapePointer);
  const last = segments.at(-1) ?? '';
  if (!/^\d+$/.test(last)) return `\`${shortened(last)}\``;
  return `Item ${Number(last) + 1} of \`${shortened(segments.at(-2) ?? '')}\``;
}

function inside(subject: string): string {
  return subject === 'The body' ? '' : `${subject}: `;
}

function unknownMember(subject: string, params: Params, schema: Params): string {
  const given = text(params['additionalProperty']);
  const near = nearestName(given, Object.keys(schema['properties'] ?? {}));
  const suggestion = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  return `${inside(subject)}\`${shortened(given)}\` is not known.${suggestion}`;
}

/** The alternatives of an object, each as the members that it adds to those that all of them require. */
function alternativesOf({ oneOf, properties, required }: Params): readonly string[] {
  const optional = Object.keys(properties ?? {}).filter((name) => !(required as string[]).includes(name));
  return (oneOf as Params[]).map((entry) => {
    const narrowed = (entry['properties'] ?? {}) as Params;
    const own = optional.filter((name) => (narrowed[name] ?? true) === true);
    return own.map((name) => `\`${name}\``).join(' or ');
  });
}

const articles: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

function typeNames(type: unknown): string {
  const names = (Array.isArray(type) ? type : text(type).split(',')).map(String);
  const words = names.map((name) => articles[name] ?? name);
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`;
}

function members(limit: unknown): string {
  return limit === 1 ? 'one member' : `${text(limit)} members`;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Names come from the caller and may be of any length. */
function shortened(name: string): string {
  return name.length > 64 ? `${name.slice(0, 61)}...` : name;
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
