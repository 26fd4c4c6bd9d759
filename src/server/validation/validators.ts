import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Finding } from '../../connid/errors.js';
import { schemaFile, type SchemaName, type SchemaSet } from './schemas.js';
import { findingsOf } from './sentences.js';

/** A caller who sends thousands of wrong items learns enough from the first ones. */
const maxFindings = 100;

/**
 * Values of attributes are not judged here. The schema of their object class does that, in its own words and with an
 * exception of its own.
 */
const anyValue = { $id: schemaFile('attribute-value') };

/** Checks values against the schemas of `schemas/`. */
export interface Validators {
  /** @returns everything that is wrong, nothing when the value has the form the schema wants. */
  check(name: SchemaName, value: unknown): readonly Finding[];
}

/** Compiles schemas on first use and keeps the result. */
export function createValidators(schemas: SchemaSet): Validators {
  // `verbose` hands over the refusing schema, from which the nearest known name is suggested.
  // The schemas themselves are checked by a test, not at every start: that would take most of the start's time.
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    allowUnionTypes: true,
    verbose: true,
    meta: false,
    validateSchema: false,
  });
  ajv.addSchema(Object.values({ ...schemas, 'attribute-value': anyValue }));
  return {
    check(name, value) {
      const validate = ajv.getSchema(schemaFile(name));
      if (validate === undefined || validate(value) === true) return [];
      return capped(findingsOf(validate.errors ?? []));
    },
  };
}

function capped(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= maxFindings) return findings;
  const rest = findings.length - maxFindings;
  return [...findings.slice(0, maxFindings), { path: '', message: `There are ${rest} more errors.` }];
}
