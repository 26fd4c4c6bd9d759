import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Finding } from '../../connid/errors.js';
import { createLimitCheck } from './limits.js';
import { schemaFile, type SchemaName, type SchemaSet } from './schemas.js';
import { findingsOf } from './sentences.js';

/**
 * Values of attributes are not judged here. The schema of their object class does that, in its own words and with an
 * exception of its own.
 */
const anyValue = { $id: schemaFile('attribute-value') };

/** Checks values against the schemas of `schemas/`. */
export interface Validators {
  /** @returns the errors, or the first limit that the value exceeds. Empty if the schema accepts the value. */
  check(name: SchemaName, value: unknown): readonly Finding[];
}

/** Compiles schemas on first use and keeps the result. */
export function createValidators(schemas: SchemaSet): Validators {
  // `verbose` adds the schema that refused, from which the nearest known name is suggested, and the value.
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
  const exceededLimit = createLimitCheck(schemas);
  return {
    check(name, value) {
      const excess = exceededLimit(name, value);
      if (excess !== undefined) return [excess];
      const validate = ajv.getSchema(schemaFile(name));
      return validate === undefined || validate(value) === true ? [] : findingsOf(validate.errors ?? []);
    },
  };
}
