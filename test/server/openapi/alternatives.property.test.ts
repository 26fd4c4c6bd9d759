import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { attributeTypes } from '../../../src/connid/attribute.js';
import { schemaRef } from '../../../src/server/openapi/components.js';
import { loadSchemas, type SchemaName } from '../../../src/server/validation/schemas.js';
import { createValidators } from '../../../src/server/validation/validators.js';
import { assertProperty } from '../../support/assert-property.js';
import { apiDocument, componentsOf } from '../../support/documented-requests.js';

const schemas = loadSchemas();
const validators = createValidators(schemas);
const components = componentsOf(apiDocument(true));

/** Whether the document allows a value; it judges values of attributes, too, which the validators leave to others. */
const documentAllows = judge(components);
const documentAllowsForm = judge({ ...components, AttributeValue: {} });

function judge(schemasOfDocument: object): (name: SchemaName, value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema({ $id: 'document', components: { schemas: schemasOfDocument } });
  return (name, value) => ajv.validate(`document${String(schemaRef(name)['$ref'])}`, value);
}

const filterTypes = Object.keys(schemas['filter-tree']['properties'] as object);
const noise = fc.constantFrom<unknown>(null, true, 0, '', 'x', [], {}, { a: 1 }, [{}], ['x'], {
  equals: { A: 1 },
});
const values = fc.constantFrom<unknown>(null, 'x', 1, true, [], ['x', 'y'], { a: 1 });

/** Objects with some of these members, mostly few of them. */
function objectOf(members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> {
  const names = Object.keys(members);
  const some = fc.subarray(names, { maxLength: Math.min(names.length, 3) });
  return some.chain((given) =>
    fc.record(Object.fromEntries(given.map((name) => [name, members[name] ?? noise]))),
  );
}

const comparison = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(fc.constantFrom('A', 'B'), values, { maxKeys: 2 }) },
  { weight: 1, arbitrary: noise },
);

/** Filters, and what looks like one: several members, none, unknown ones, operands of another type. */
const filters = fc.letrec<{ filter: unknown }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'filter' },
    noise,
    objectOf({ ...Object.fromEntries(filterTypes.map((type) => [type, comparison])), equal: comparison }),
    ...['equals', 'lessThan'].map((type) => comparison.map((operand) => ({ [type]: operand }))),
    ...['and', 'or'].map((type) =>
      fc.array(tie('filter'), { maxLength: 2 }).map((parts) => ({ [type]: parts })),
    ),
    tie('filter').map((part) => ({ not: part })),
  ),
})).filter;

const deltaMembers = ['valuesToReplace', 'valuesToAdd', 'valuesToRemove'];

const deltas = fc.oneof(
  { weight: 1, arbitrary: noise },
  {
    weight: 9,
    arbitrary: fc
      .tuple(objectOf(Object.fromEntries(deltaMembers.map((name) => [name, values]))), objectOf({ values }))
      .map(([members, unknown]) => ({ name: 'A', ...members, ...unknown })),
  },
  { weight: 1, arbitrary: fc.record({ name: noise, valuesToReplace: values }, { requiredKeys: [] }) },
);

describe('the document allows what the service takes, and nothing else', () => {
  it.each<[string, SchemaName, fc.Arbitrary<unknown>]>([
    ['a filter', 'filter-tree', filters],
    [
      'a search',
      'search-request',
      fc.oneof(filters, fc.string()).map((filter) => ({ objectClass: 'A', filter })),
    ],
    ['a delta', 'attribute-delta', deltas],
    [
      'a line of a stream',
      'search-line',
      objectOf({
        object: fc.constantFrom({ objectClass: 'A', uid: 'u', name: 'n', attributes: {} }, {}),
        heartbeat: fc.constantFrom({ scanned: 1 }, { scanned: -1 }),
        searchResult: fc.constant(null),
      }),
    ],
  ])('as %s', (_, name, arbitrary) => {
    const isTaken = (value: unknown): boolean => validators.check(name, value).length === 0;
    const verdicts = fc.sample(arbitrary, 500).map(isTaken);
    for (const verdict of [true, false]) {
      expect(verdicts.filter((taken) => taken === verdict).length).toBeGreaterThan(20);
    }
    const property = fc.property(arbitrary, (value) => {
      expect([value, documentAllowsForm(name, value)]).toEqual([value, isTaken(value)]);
    });
    assertProperty(property, { numRuns: 2000 });
  });

  it('as the value of an attribute, whatever its type', () => {
    const types = Object.values(attributeTypes);
    const single = fc.oneof(fc.jsonValue({ maxDepth: 1 }), noise);
    assertProperty(
      fc.property(fc.oneof(single, fc.array(single, { maxLength: 3 })), (value) => {
        const items = Array.isArray(value) ? value : [value].filter((item) => item !== null);
        const takenBySome = types.some((takes) => items.every(takes));
        if (takenBySome) expect([value, documentAllows('attribute-value', value)]).toEqual([value, true]);
        const hasObject = items.some((item) => typeof item === 'object');
        if (hasObject) expect([value, documentAllows('attribute-value', value)]).toEqual([value, false]);
      }),
    );
  });
});
