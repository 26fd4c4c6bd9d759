import type { ErrorObject } from 'ajv';

import type { Finding } from '../../connid/errors.js';
import { firstFindings } from '../../connid/first-findings.js';
import { nearestName } from '../../connid/nearest-name.js';

/** An error as ajv reports it with `verbose`, which adds the value and the schema that refused it. */
type SchemaError = Pick<
  ErrorObject,
  'keyword' | 'instancePath' | 'schemaPath' | 'params' | 'parentSchema' | 'data'
>;

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
  minimum: (subject, { limit }) => `${subject} must not be less than ${text(limit)}.`,
  minLength: (subject) => `${subject} must not be empty.`,
  minItems: (subject) => `${subject} must not be empty.`,
  maxItems: (subject, { limit }) => `${subject} must have at most ${text(limit)} items.`,
  minProperties: (subject, { limit }) => `${subject} must have at least ${members(limit)}.`,
  maxProperties: (subject, { limit }) => `${subject} must have at most ${members(limit)}.`,
  oneOf: (subject, _params, schema) => `${subject} needs either ${alternativesOf(schema).join(', or ')}.`,
};

/**
 * The errors of a schema, as plain sentences with JSON pointers: the first ones, and then the number of the others.
 * @param errors - all errors of one document, as ajv gives them.
 */
export function findingsOf(errors: readonly SchemaError[]): Finding[] {
  const notObjects = new Set(errors.filter(isTypeError).map(({ instancePath }) => instancePath));
  const useful = errors
    .filter(({ keyword, schemaPath }) => !echoes.has(keyword) && !insideAlternative.test(schemaPath))
    .filter(({ keyword, instancePath }) => keyword !== 'oneOf' || !notObjects.has(instancePath));
  return firstFindings(useful, findingOf);
}

function isTypeError({ keyword }: SchemaError): boolean {
  return keyword === 'type';
}

function findingOf(error: SchemaError): Finding {
  const { instancePath, keyword, params, parentSchema = {} } = error;
  if (keyword === 'additionalProperties') return unknownMember(error);
  const { missingProperty } = params as Params;
  return {
    path: missingProperty === undefined ? instancePath : `${instancePath}/${text(missingProperty)}`,
    message: sentenceAbout(subjectOf(instancePath), keyword, params as Params, parentSchema),
  };
}

/** The sentence of a keyword about a part of a request. */
export function sentenceAbout(subject: string, keyword: string, params: Params, schema: Params = {}): string {
  const sentence = sentences[keyword] ?? ((about: string) => `${about} does not have the expected form.`);
  return sentence(subject, params, schema);
}

/** The name of a part of a request in sentences. @param path - its JSON pointer. */
export function subjectOf(path: string): string {
  if (path === '') return 'The body';
  const segments = path.slice(1).split('/');
  const last = segments.at(-1) ?? '';
  if (!/^\d+$/.test(last)) return `\`${last}\``;
  return `Item ${Number(last) + 1} of \`${segments.at(-2) ?? ''}\``;
}

/** The name in sentences of a member whose own name must not be repeated. @param index - counted from 0. */
export function memberOf(subject: string, index: number): string {
  return `Member ${index + 1} of ${subject.replace(/^[TI]/, (letter) => letter.toLowerCase())}`;
}

function inside(subject: string): string {
  return subject === 'The body' ? '' : `${subject}: `;
}

/** A name is repeated only if it resembles a known one: any other may be a secret in the wrong place. */
function unknownMember({ data, instancePath, params, parentSchema = {} }: SchemaError): Finding {
  const subject = subjectOf(instancePath);
  const given = text((params as Params)['additionalProperty']);
  const near = nearestName(given, Object.keys((parentSchema as Params)['properties'] ?? {}));
  if (near === undefined) {
    const member = memberOf(subject, Object.keys(data as object).indexOf(given));
    return { path: instancePath, message: `${member} is not known.` };
  }
  return {
    path: `${instancePath}/${escapePointer(given)}`,
    message: `${inside(subject)}\`${given}\` is not known. Did you mean \`${near}\`?`,
  };
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

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
