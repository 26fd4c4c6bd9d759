import { describe, expect, it } from '@jest/globals';
import { wire } from '../connid-server/wire-values.js';
import { discover } from './discovered.js';
import { connector, connectorValues, readFile, resource, schemaNames } from './syncope-json.js';

describe('the connector that Syncope imports', () => {
  it('is the one that Syncope discovers, with properties that it has', async () => {
    const { key, properties } = await discover();
    expect(key).toMatchObject({ bundleName: connector.bundleName, connectorName: connector.connectorName });
    const types = connector.conf.map(({ schema }) => [schema.name, properties.get(schema.name)]);
    expect(types).toEqual(connector.conf.map(({ schema }) => [schema.name, schema.type]));
  });

  it('can be used as it is', async () => {
    const { host } = await discover();
    const configured = host.with(connectorValues());
    await expect(configured.result('ValidateApiOp', 'validate')).resolves.toBeNull();
    await expect(configured.result('TestApiOp', 'test')).resolves.toBeNull();
    const broken = configured.with({ userCreateAction: wire('invite') });
    await expect(broken.result('ValidateApiOp', 'validate')).rejects.toThrow('userCreateAction');
  });

  it('claims no capability beyond those of the connector', () => {
    expect(connector.capabilities).toEqual(['CREATE', 'UPDATE', 'DELETE', 'SEARCH']);
  });
});

describe.each(resource.provisions)('the mapping of $anyType', ({ mapping, objectClass, uidOnCreate }) => {
  /** `__UID__` is no attribute of the schema. */
  const mapped = mapping.items.filter(({ extAttrName }) => extAttrName !== '__UID__');

  it('names attributes of the class, which can be used as the mapping says', async () => {
    const attributes = (await discover()).classes.get(objectClass);
    for (const { extAttrName: name, purpose } of mapped) {
      const flags = attributes?.get(name);
      expect([name, flags]).toEqual([name, expect.any(Array)]);
      if (purpose !== 'PULL') expect([name, ...(flags ?? [])]).not.toContain('NOT_UPDATEABLE');
      if (purpose !== 'PROPAGATION') expect([name, ...(flags ?? [])]).not.toContain('NOT_READABLE');
    }
  });

  it('has the name as key, and each attribute once', () => {
    const keys = mapping.items.filter(({ connObjectKey }) => connObjectKey);
    expect(keys).toEqual([mapping.connObjectKeyItem]);
    expect(keys).toMatchObject([{ extAttrName: '__NAME__' }]);
    const names = mapping.items.map(({ extAttrName }) => extAttrName);
    expect(names).toEqual([...new Set(names)]);
  });

  it('uses schemas that are imported with it', () => {
    const built = ['username', 'password', 'name'];
    const used = mapping.items.map(({ intAttrName }) => intAttrName).filter((name) => !built.includes(name));
    const schemas = schemaNames();
    expect(schemas).toEqual(expect.arrayContaining([...used, uidOnCreate]));
    for (const name of schemas) expect(readFile(`schemas/${name}.json`)).toMatchObject({ key: name });
  });
});

it('the pull task reads the resource without a synchronisation, which the connector does not have', () => {
  expect(readFile('pull-task.json')).toMatchObject({
    resource: resource.key,
    pullMode: 'FULL_RECONCILIATION',
  });
});

it('classes of schemas contain every schema', () => {
  const classes = ['class-users.json', 'class-groups.json'].map(
    (name) => readFile(name) as { readonly plainSchemas: readonly string[] },
  );
  const schemas = schemaNames();
  expect(classes.flatMap(({ plainSchemas }) => plainSchemas).sort()).toEqual([...schemas].sort());
});
