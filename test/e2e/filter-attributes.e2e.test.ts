import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConnectorObject } from '../../src/connector/connector.js';
import { byUid } from '../support/by-uid.js';
import { startService, type TestService } from '../support/service.js';

type JsonScalar = string | number | boolean;

let service: TestService;
beforeAll(async () => {
  service = await startService({ simulator: { users: 25, phoneUsers: 10 } });
});
afterAll(() => service.close());

async function search(objectClass: string, filter: unknown, attributesToGet: readonly string[]) {
  const answer = await service.post('search', { objectClass, filter, options: { attributesToGet } });
  expect([filter, answer.status]).toEqual([filter, 200]);
  return byUid((answer.body as { results: ConnectorObject[] }).results);
}

async function readable(objectClass: string): Promise<readonly string[]> {
  const answer = await service.get(`/v1/schema?objectClass=${objectClass}`);
  const { objectClasses } = answer.body as {
    objectClasses: { attributes: { name: string; readable: boolean }[] }[];
  };
  const attributes = objectClasses[0]?.attributes ?? [];
  // Zoom tells the time of the read for pending users.
  return attributes.filter((one) => one.readable && one.name !== 'CREATED_AT').map(({ name }) => name);
}

/** The values of an attribute; `undefined` when it was not read. */
function valuesOf(
  { attributes, name }: ConnectorObject,
  attribute: string,
): readonly JsonScalar[] | undefined {
  const value = attribute === '__NAME__' ? name : attributes[attribute];
  return value === undefined ? undefined : value === null ? [] : [value].flat();
}

const folded = (value: JsonScalar | undefined) => String(value).toLowerCase();

describe('a filter on an attribute that is not asked for', () => {
  it.each(['ZoomUser', 'ZoomGroup'])(
    'finds the objects that have the value: any of %s',
    async (objectClass) => {
      const attributes = await readable(objectClass);
      const everything = await search(objectClass, undefined, attributes);
      for (const attribute of attributes) {
        const find = async (filter: unknown) =>
          (await search(objectClass, filter, ['__UID__'])).map(({ uid }) => uid);
        const having = (test: (values: readonly JsonScalar[] | undefined) => boolean) =>
          everything.filter((object) => test(valuesOf(object, attribute))).map(({ uid }) => uid);
        const has = having((values = []) => values.length > 0);
        expect([attribute, await find(`${attribute} pr`)]).toEqual([attribute, has]);
        const sample = everything.find(({ uid }) => uid === has.at(-1));
        const values = sample === undefined ? [] : (valuesOf(sample, attribute) ?? []);
        const [value] = values;
        if (value === undefined) continue;
        const equal = having((others) => JSON.stringify(others) === JSON.stringify(values));
        expect([attribute, await find({ equals: { [attribute]: values } })]).toEqual([attribute, equal]);
        const containing = having((others = []) => others.some((other) => folded(other) === folded(value)));
        expect([attribute, await find(`${attribute} eq ${JSON.stringify(value)}`)]).toEqual([
          attribute,
          containing,
        ]);
        if (typeof value !== 'string') continue;
        const end = value.slice(-5);
        const ending = having(([other] = []) => String(other).endsWith(end));
        expect([attribute, await find({ endsWith: { [attribute]: end } })]).toEqual([attribute, ending]);
      }
    },
  );
});

describe('a filter for a role id that Zoom cannot have', () => {
  it.each(['rest', 'scim'])('finds nobody without a call (%s)', async (api) => {
    const other = await startService({ service: { api } });
    const nobody = { results: [], pagedResultsCookie: null, remainingPagedResults: 0 };
    for (const value of [
      'r'.repeat(16_400),
      'r'.repeat(41),
      '3',
      'me',
      '..',
      'administrator',
      'ä'.repeat(22),
    ]) {
      for (const options of [{}, { pageSize: 10 }, { sortKeys: [{ field: 'DEPT', ascending: true }] }]) {
        const body = { objectClass: 'ZoomUser', filter: { equals: { ROLE_ID: value } }, options };
        expect((await other.post('search', body)).body).toMatchObject(nobody);
      }
    }
    expect(other.calls()).toEqual([]);
    await other.close();
  });
});
