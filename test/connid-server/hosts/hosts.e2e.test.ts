import { describe, expect, it } from '@jest/globals';
import type { ConnectorConfig } from '../../../src/config/connector-config.js';
import type { Wire, WireObject } from '../../../src/connid-server/codec/wire-value.js';
import { until } from '../../support/raw-client.js';
import { HostClient, operationRequest } from '../host-client.js';
import { attribute, attributesOf, guarded, nameOf, options, set, uid, wire } from '../wire-values.js';
import { Host, key, startHosted, type HostedService } from './hosts.js';

const zoomUser = { kind: 'ObjectClass', type: 'ZoomUser' } as const;

function user(name: string) {
  return set(
    nameOf(name),
    attribute('CREATE_ACTION', 'custCreate'),
    attribute('TYPE', 1),
    attribute('FIRST_NAME', 'Ada'),
  );
}

function objectsOf(messages: readonly WireObject[]): Record<string, unknown>[] {
  return messages
    .flatMap((message) => (message.kind === 'OperationResponsePart' ? [message.result] : []))
    .filter((result) => result?.kind === 'ConnectorObject')
    .map((object) => attributesOf(object));
}

async function searchAll(host: Host): Promise<Record<string, unknown>[]> {
  return objectsOf(await host.call('SearchApiOp', 'search', zoomUser, null, null));
}

describe('Hello', () => {
  it('describes the connector and its properties', async () => {
    const host = await Host.discover(await startHosted());
    const { ConnectorKey, APIConfiguration: api } = host.info;
    expect(ConnectorKey).toMatchObject({
      bundleName: 'zoom-identity-connector',
      connectorName: 'zoomidentityconnector.ZoomConnector',
    });
    const properties = api?.ConfigurationProperties?.items ?? [];
    expect(properties).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'accountId',
          order: 701,
          type: 'String',
          required: true,
          value: null,
        }),
        expect.objectContaining({ name: 'clientSecret', type: 'GuardedString', confidential: true }),
        expect.objectContaining({ name: 'deepGet', type: 'Boolean', value: wire(true) }),
        expect.objectContaining({ name: 'customAttributes', type: 'String[]', value: null }),
      ]),
    );
    const operations = (api?.SupportedOperations?.items ?? []).map((item) => (item as Wire<'Class'>).value);
    expect(operations.sort()).toEqual([
      'CreateApiOp',
      'DeleteApiOp',
      'GetApiOp',
      'SchemaApiOp',
      'SearchApiOp',
      'TestApiOp',
      'UpdateApiOp',
      'UpdateDeltaApiOp',
      'ValidateApiOp',
    ]);
  });

  it('has a text for every key, in a form that Java formats', async () => {
    const { APIConfiguration: api, ConnectorMessages } = (await Host.discover(await startHosted())).info;
    const properties = api?.ConfigurationProperties?.items ?? [];
    const [everywhere] = ConnectorMessages?.catalogs?.items ?? [];
    const texts = (everywhere?.value as Wire<'Map'>).items.map(({ key: name, value }) => [
      (name as Wire<'String'>).value,
      (value as Wire<'String'>).value,
    ]);
    const catalog = Object.fromEntries(texts) as Record<string, string>;
    expect(catalog['accountId.display']).toBe('Zoom Account Id');
    for (const { helpMessageKey, displayMessageKey } of properties) {
      expect(catalog[helpMessageKey ?? '']).not.toBe('');
      expect(catalog).toHaveProperty([displayMessageKey ?? '']);
    }
    expect(catalog['importBatchSize.help']).toContain("Zoom''s");
  });

  it('has the names of the Java connector on request, and then no others', async () => {
    const service = await startHosted((config) => ({
      ...config,
      connectorServer: { ...config.connectorServer, javaConnectorNames: true },
    }));
    const host = await Host.discover(service);
    expect(host.info.ConnectorKey).toMatchObject({
      bundleName: 'connector-zoom',
      connectorName: 'com.exclamationlabs.connid.base.zoom.ZoomConnector',
    });
    await expect(host.result('TestApiOp', 'test')).resolves.toBeNull();
    const { info } = await Host.discover(await startHosted());
    const stranger = new Host(service.server.port, info, {});
    await expect(stranger.result('TestApiOp', 'test')).rejects.toThrow('no such connector');
  });

  it('answers only what the host asks for', async () => {
    const { server } = await startHosted();
    const client = await HostClient.connect(server.port);
    const count = async (infoLevel: number): Promise<number[]> => {
      client.request(key, { kind: 'HelloRequest', infoLevel });
      const answer = await client.expect('HelloResponse');
      const { ConnectorInfos, ConnectorKeys, serverInfoMap } = answer;
      return [serverInfoMap, ConnectorKeys, ConnectorInfos].map((part) => part?.items.length ?? -1);
    };
    expect(await count(0)).toEqual([0, 0, 0]);
    expect(await count(4)).toEqual([1, 0, 0]);
    expect(await count(16)).toEqual([0, 1, 0]);
    expect(await count(20)).toEqual([1, 1, 1]);
    client.close();
  });
});

describe('a host', () => {
  it('creates, finds, changes and deletes a user of the simulated account', async () => {
    const service = await startHosted();
    const host = await Host.discover(service);
    const created = await host.result('CreateApiOp', 'create', zoomUser, user('ada@example.com'), null);
    const id = (created as Wire<'Uid'>).uid ?? '';
    const changes = set(attribute('DEPT', 'Sales'));
    expect(await host.result('UpdateApiOp', 'update', zoomUser, uid(id), changes, null)).toEqual(uid(id));
    const filter = { kind: 'EqualsFilter', attribute: nameOf('ada@example.com') } as const;
    const found = objectsOf(
      await host.call('SearchApiOp', 'search', zoomUser, filter, options({ PAGE_SIZE: 1 })),
    );
    expect(found).toMatchObject([{ __UID__: id, DEPT: ['Sales'] }]);
    await host.result('DeleteApiOp', 'delete', zoomUser, uid(id), null);
    // The face for HTTP shares the account.
    const seen = await service.connectors
      .first()
      .current()
      .get(
        { objectClass: 'ZoomUser', uid: id },
        {
          requestId: 'r',
          signal: new AbortController().signal,
          trace: { calls: 0, waitedMs: 0, scanned: 0 },
        },
      );
    expect(seen.attributes).toMatchObject({ STATUS: 'inactive' });
  });

  it('has one account with other hosts, whatever else they configure', async () => {
    const host = await Host.discover(await startHosted());
    const other = host.with({ deepImport: wire(false) });
    await host.result('CreateApiOp', 'create', zoomUser, user('shared@example.com'), null);
    const [mine, others] = [await searchAll(host), await searchAll(other)];
    const ids = (users: typeof mine): string[] => users.map(({ __UID__: id }) => String(id)).sort();
    expect(ids(others)).toEqual(ids(mine));
    expect(mine.length).toBe(61);
  });

  it('reads the names of its properties in errors, because it does not know connector.json', async () => {
    const host = await Host.discover(await startHosted());
    const zoomGroup = { kind: 'ObjectClass', type: 'ZoomGroup' } as const;
    const name = set(nameOf('Project Atlas'));
    const group = (await host.result('CreateApiOp', 'create', zoomGroup, name, null)) as Wire<'Uid'>;
    await expect(host.result('DeleteApiOp', 'delete', zoomGroup, group, null)).rejects.toThrow(
      / Set entitlementDeletionEnabled to allow/,
    );
  });

  it('shares a simulated account although the service has Zoom as its target', async () => {
    const service = await startHosted((config) => ({
      ...config,
      service: { ...config.service, target: 'zoom' },
      custom: { ...config.custom, accountId: 'account' },
    }));
    const host = await Host.discover(service);
    const others = [host, host.with({ deepGet: wire(false) })].map((each) =>
      each.result('CreateApiOp', 'create', zoomUser, user(`user${each === host ? 1 : 2}@example.com`), null),
    );
    await Promise.all(others);
    expect(await searchAll(host)).toHaveLength(62);
  });

  it('goes on after the configuration of the service has changed', async () => {
    const { config, connectors, ...service } = await startHosted();
    const host = await Host.discover({ config, connectors, ...service });
    expect(await searchAll(host)).toHaveLength(60);
    await connectors.replace(new Map([['', { ...config, simulator: { ...config.simulator, users: 30 } }]]));
    expect(await searchAll(host)).toHaveLength(30);
  });

  it('gets the settings and the account of the connector with its account id, of several', async () => {
    const of =
      (accountId: string, users: number) =>
      (config: ConnectorConfig): ConnectorConfig => ({
        ...config,
        custom: { ...config.custom, accountId },
        simulator: { ...config.simulator, users },
      });
    const named = { eu: of('acc-eu', 20), us: of('acc-us', 30) };
    const host = await Host.discover(await startHosted(undefined, { named }));
    expect(await searchAll(host.with({ accountId: wire('acc-us') }))).toHaveLength(30);
    expect(await searchAll(host.with({ accountId: wire('acc-eu') }))).toHaveLength(20);
    for (const values of [{ accountId: wire('acc-asia') }, {}]) {
      const stranger = host.with(values).result('TestApiOp', 'test');
      await expect(stranger).rejects.toThrow(/ConfigurationException: .*accountId: None of the connectors/);
    }
  });

  it('reads to the end of an account that a new configuration replaces meanwhile', async () => {
    const service = await startHosted((config) => ({
      ...config,
      simulator: { ...config.simulator, users: 1_000 },
    }));
    const { config, connectors } = service;
    const host = await Host.discover(service);
    const reading = await host.connected('SearchApiOp', 'search', zoomUser, null, null);
    for (let row = 0; row < 200; row += 1) await reading.expect('OperationResponsePart');
    await reading.expect('OperationResponsePause');
    await connectors.replace(new Map([['', { ...config, simulator: { ...config.simulator, users: 30 } }]]));
    expect(await searchAll(host)).toHaveLength(30);
    reading.send({ kind: 'OperationRequestMoreData' });
    expect(objectsOf(await reading.answer())).toHaveLength(800);
    reading.close();
  });

  it.each<['SchemaApiOp' | 'TestApiOp' | 'ValidateApiOp' | 'SearchApiOp', string]>([
    ['SchemaApiOp', 'schema'],
    ['TestApiOp', 'test'],
    ['ValidateApiOp', 'validate'],
    ['SearchApiOp', 'search'],
  ])('learns every wrong property, by %s', async (operation, method) => {
    const host = await Host.discover(await startHosted(), {
      ioErrorRetries: wire(500),
      attributeNames: { kind: 'Array', component: 'String', items: [wire('NO_SUCH=OTHER')] },
      clientSecret: guarded('canary-client-secret'),
    });
    const args = operation === 'SearchApiOp' ? [zoomUser, null, null] : [];
    await expect(host.result(operation, method, ...args)).rejects.toThrow(
      /ConfigurationException: .*accountId.*ioErrorRetries|ConfigurationException: .*ioErrorRetries.*accountId/,
    );
  });

  it('learns that attributes cannot be named so', async () => {
    const attributeNames = { kind: 'Array', component: 'String', items: [wire('NO_SUCH=OTHER')] } as const;
    const host = (await Host.discover(await startHosted())).with({ attributeNames });
    await expect(host.result('ValidateApiOp', 'validate')).rejects.toThrow(
      /ConfigurationException: .*attributeNames: No object class/,
    );
  });

  it('is told that there is no such connector, and may have the names of an earlier version', async () => {
    const { server } = await startHosted();
    const host = await Host.discover({ server } as HostedService);
    const client = await HostClient.connect(server.port);
    const request = operationRequest('SchemaApiOp', 'schema', [], host.facadeKey());
    const { ConnectorKey } = host.info;
    if (ConnectorKey === null) throw new Error('no key');
    client.request(key, { ...request, ConnectorKey: { ...ConnectorKey, connectorName: 'other' } });
    expect((await client.expect('OperationResponsePart')).exception?.message).toContain('no such connector');
    client.request(key, { ...request, ConnectorKey: { ...ConnectorKey, bundleVersion: '0.0.1' } });
    expect((await client.expect('OperationResponsePart')).result).toMatchObject({ kind: 'Schema' });
    client.close();
  });
});

describe('a host that does not read on', () => {
  /** Pages of users that the service has read from the simulated account. */
  async function pagesRead({ connectors }: HostedService): Promise<number> {
    const answer = await fetch(`${connectors.first().target().url}/simulator/requests`);
    const { requests } = (await answer.json()) as { requests: { path: string }[] };
    return requests.filter(({ path }) => path.endsWith('/users')).length;
  }

  /** The same number again and again, with many turns of the event loop between. */
  async function settled(count: () => Promise<number>): Promise<number> {
    for (let [before, equal] = [-1, 0]; ;) {
      const now = await count();
      equal = now === before ? equal + 1 : 0;
      if (equal === 10) return now;
      before = now;
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    }
  }

  /** The first pages of users in each of the three states, and those that are read ahead. */
  const fewPages = 6;

  /** Twenty pages, and a host that has read 200 rows and not answered if it wants more. */
  async function readingSlowly(): Promise<[HostedService, HostClient]> {
    const service = await startHosted(({ results, simulator, ...config }) => ({
      ...config,
      results: { ...results, deepImport: false },
      simulator: { ...simulator, users: 6_000, phoneUsers: 0 },
    }));
    const deepImport = { kind: 'Boolean', value: false } as const;
    const host = (await Host.discover(service)).with({ deepImport });
    const reading = await host.connected('SearchApiOp', 'search', zoomUser, null, null);
    for (let row = 0; row < 200; row += 1) await reading.expect('OperationResponsePart');
    await reading.expect('OperationResponsePause');
    return [service, reading];
  }

  it('stops the calls to Zoom until it reads on', async () => {
    const [service, reading] = await readingSlowly();
    expect(await settled(() => pagesRead(service))).toBeLessThanOrEqual(fewPages);
    reading.send({ kind: 'OperationRequestMoreData' });
    expect(objectsOf(await reading.answer())).toHaveLength(5_800);
    expect(await pagesRead(service)).toBeGreaterThanOrEqual(20);
    reading.close();
  });

  it('ends the calls to Zoom when it leaves', async () => {
    const [service, reading] = await readingSlowly();
    reading.close();
    await service.running.idle();
    expect(await settled(() => pagesRead(service))).toBeLessThanOrEqual(fewPages);
  });
});

describe('the records of an operation of a host', () => {
  it('are those of HTTP: one line, an audit record for a write, and a metric', async () => {
    const { audit, log, metrics, server } = await startHosted();
    const host = await Host.discover({ server } as HostedService);
    await host.result('CreateApiOp', 'create', zoomUser, user('canary@example.com'), null);
    await searchAll(host);
    await expect(
      host.result('DeleteApiOp', 'delete', zoomUser, uid('canary-nobody@example.com'), null),
    ).rejects.toThrow('UnknownUidException');
    const lines = log.entries().filter(({ message }) => message === 'operation');
    expect(lines).toMatchObject([
      { operation: 'create', outcome: 'ok', objectClass: 'ZoomUser', caller: 'key 1 at 127.0.0.1' },
      { operation: 'search', outcome: 'ok', results: 61 },
      { operation: 'delete', outcome: 'UnknownUidException' },
    ]);
    expect(audit.entries()).toMatchObject([
      { operation: 'create', outcome: 'ok', attributes: ['__NAME__', 'CREATE_ACTION', 'TYPE', 'FIRST_NAME'] },
      { operation: 'delete', outcome: 'UnknownUidException' },
    ]);
    expect(await metrics.text()).toMatch(/operation="create",object_class="ZoomUser".*outcome="ok"/);
    const everything = log.text() + audit.text();
    expect(everything).not.toMatch(/canary|AAD6\+w/);
  });

  it('contain the warnings of a write, for which the protocol has no place', async () => {
    const { audit, log, server } = await startHosted();
    const host = await Host.discover({ server } as HostedService);
    const pending = set(nameOf('canary@example.com'), attribute('DEPT', 'Canary'));
    await host.result('CreateApiOp', 'create', zoomUser, pending, null);
    const warnings = [{ code: 'NOT_APPLIED_PENDING', attributes: ['DEPT'] }];
    const lines = log.entries().filter(({ message }) => message === 'operation');
    expect(lines).toMatchObject([{ operation: 'create', outcome: 'ok', warnings }]);
    expect(audit.entries()).toMatchObject([{ operation: 'create', outcome: 'ok', warnings }]);
    expect(log.text() + audit.text()).not.toMatch(/canary/i);
  });

  it('name a host that was refused by its address', async () => {
    const { log, server } = await startHosted();
    const client = await HostClient.connect(server.port);
    client.request('canary-wrong-key', operationRequest('TestApiOp', 'test'));
    await client.expect('OperationResponsePart');
    await until(() => log.entries().some(({ message }) => message === 'a host is refused'));
    expect(log.entries()).toMatchObject([{ level: 'warn', problem: 'A key is wrong.', peer: '127.0.0.1' }]);
    expect(log.text()).not.toContain('canary');
    client.close();
  });
});

describe('a shutdown', () => {
  it('aborts the operations of hosts, too', async () => {
    const { running, server } = await startHosted();
    const host = await Host.discover({ server } as HostedService);
    running.abortAll();
    await expect(host.result('TestApiOp', 'test')).rejects.toThrow('The service is shutting down.');
    await running.idle();
  });
});
