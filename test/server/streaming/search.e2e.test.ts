import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ConnectorError } from '../../../src/connid/errors.js';
import { loadSchemas } from '../../../src/server/validation/schemas.js';
import { createValidators } from '../../../src/server/validation/validators.js';
import { untilAborted } from '../../support/fake-connector.js';
import { createFixture, type Fixture } from '../../support/fixture.js';
import { post } from '../../support/http-client.js';
import { begin, listenOn, parseLines, until, type Listening } from '../../support/raw-client.js';
import { pass, untilSteady, useVirtualTime } from '../../support/virtual-time.js';

const lines = 'application/x-ndjson';
const search = { objectClass: 'ZoomUser' };
const heartbeatMs = 10_000;
const stallMs = 600_000;
const limits = () => ({ operationTimeoutMs: 300_000, maxJsonResults: 5 });
const validators = createValidators(loadSchemas());

useVirtualTime();

let fixture: Fixture;
let server: Listening;

async function start(rows: number, attributes = {}): Promise<void> {
  fixture = createFixture({ timings: { heartbeatMs, abortGraceMs: 3_000, stallMs }, limits });
  for (let row = 0; row < rows; row++) fixture.connector.seed(`user${row}@example.com`, attributes);
  server = await listenOn(fixture);
}

async function stream(): Promise<Record<string, unknown>[]> {
  const { answer } = await begin(server.port, '/v1/search', search, lines);
  const message = await answer;
  expect(message.headers['content-type']).toMatch(/^application\/x-ndjson/);
  const parsed = parseLines(await text(message));
  expect(parsed.flatMap((line) => validators.check('search-line', line))).toEqual([]);
  return parsed;
}

const scanned = (): number => fixture.connector.contexts[0]?.trace.scanned ?? 0;

const kinds = (parsed: Record<string, unknown>[]): string[] => parsed.flatMap((line) => Object.keys(line));

beforeEach(() => start(3));
afterEach(() => server.close());

describe('a search answered as JSON', () => {
  it('gives the objects and how it ended', async () => {
    const { status, body } = await post(fixture, '/v1/search', { ...search, options: { pageSize: 2 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      results: [{ uid: 'U1' }, { uid: 'U2' }],
      pagedResultsCookie: '2',
      remainingPagedResults: 1,
      allResultsReturned: true,
    });
  });

  it('is one JSON document with its length, however long it is', async () => {
    await server.close();
    const long = 'ä€😀"\\\n'.repeat(16384);
    await start(5, { NOTES: long, MEMBER_IDS: ['a', 'b'] });
    const { answer } = await begin(server.port, '/v1/search', search);
    const message = await answer;
    const body = await text(message);
    const results = [...fixture.connector.objects.values()];
    const end = { pagedResultsCookie: null, remainingPagedResults: 0, allResultsReturned: true };
    expect(body).toBe(JSON.stringify({ results, ...end }));
    expect(message.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(message.headers['content-length']).toBe(`${Buffer.byteLength(body)}`);
  });

  it('has an empty list where nothing is found', async () => {
    await server.close();
    await start(0);
    const { body } = await post(fixture, '/v1/search', search);
    expect(body['results']).toEqual([]);
  });

  it('refuses more rows than fit one answer and names the ways out', async () => {
    await server.close();
    await start(6);
    const { status, body } = await post(fixture, '/v1/search', search);
    expect([status, body['exception']]).toEqual([501, 'UnsupportedOperationException']);
    expect(body['detail']).toContain('more than 5 results');
    expect(body['hint']).toMatch(/pageSize.*application\/x-ndjson/);
    expect(fixture.connector.searches).toEqual({ started: 1, ended: 1 });
  });

  it('fails as a whole when it fails half-way', async () => {
    let rows = 0;
    fixture.connector.hook = (operation) => {
      if (operation === 'row' && ++rows === 3) throw new ConnectorError('connectorIO', 'The listing broke.');
    };
    expect((await post(fixture, '/v1/search', search)).status).toBe(502);
  });

  it('has no deadline', async () => {
    fixture.connector.hook = () => pass(limits().operationTimeoutMs);
    expect((await post(fixture, '/v1/search', search)).status).toBe(200);
  });

  it('stops when the caller goes away', async () => {
    fixture.connector.hook = untilAborted;
    const { sent } = await begin(server.port, '/v1/search', search);
    await until(() => fixture.connector.searches.started === 1);
    sent.destroy();
    await until(() => fixture.connector.searches.ended === 1);
    expect(fixture.connector.contexts[0]?.signal.aborted).toBe(true);
  });
});

describe('a search answered as a stream', () => {
  it('gives one object per line and one closing line', async () => {
    const parsed = await stream();
    expect(kinds(parsed)).toEqual(['object', 'object', 'object', 'searchResult']);
    expect(parsed[0]).toMatchObject({ object: { uid: 'U1', name: 'user0@example.com' } });
    expect(parsed.at(-1)).toEqual({
      searchResult: { pagedResultsCookie: null, remainingPagedResults: 0, allResultsReturned: true },
    });
  });

  it('has no limit of rows', async () => {
    await server.close();
    await start(5000);
    expect(kinds(await stream()).filter((kind) => kind === 'object')).toHaveLength(5000);
  });

  it('is a closing line alone when nothing is found', async () => {
    fixture.connector.objects.clear();
    expect(kinds(await stream())).toEqual(['searchResult']);
  });

  it('shows signs of life while nothing comes, with the rows read so far', async () => {
    let rows = 0;
    fixture.connector.hook = async (operation, { trace }) => {
      if (operation !== 'row' || ++rows !== 2) return;
      await pass(heartbeatMs - 1);
      trace.scanned = 1000;
      await pass(heartbeatMs + 1);
    };
    const parsed = await stream();
    expect(kinds(parsed)).toEqual(['object', 'heartbeat', 'heartbeat', 'object', 'object', 'searchResult']);
    expect(parsed[1]).toEqual({ heartbeat: { scanned: 1000 } });
  });

  it('is an ordinary error when it fails before the first line', async () => {
    fixture.connector.hook = () => {
      throw new ConnectorError('invalidAttributeValue', 'There is no attribute X.');
    };
    const answer = await post(fixture, '/v1/search', search, { Accept: lines });
    expect([answer.status, answer.body['exception']]).toEqual([400, 'InvalidAttributeValueException']);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('ends with the problem when it fails later', async () => {
    let rows = 0;
    fixture.connector.hook = (operation) => {
      if (operation === 'row' && ++rows === 3) throw new ConnectorError('connectorIO', 'The listing broke.');
    };
    const parsed = await stream();
    expect(kinds(parsed)).toEqual(['object', 'object', 'error']);
    expect(parsed.at(-1)).toMatchObject({
      error: { status: 502, exception: 'ConnectorIOException', detail: 'The listing broke.' },
    });
    await until(() => fixture.log.entries().length > 0);
    expect(fixture.log.entries()).toMatchObject([{ outcome: 'ConnectorIOException', results: 2 }]);
  });

  it('ends with the problem when the service stops, even if the search does not react', async () => {
    let rows = 0;
    fixture.connector.hook = (operation) =>
      operation === 'row' && ++rows === 2 ? new Promise(() => undefined) : undefined;
    const { answer } = await begin(server.port, '/v1/search', search, lines);
    const body = text(await answer);
    fixture.running.abortAll();
    await pass(3_000);
    expect(parseLines(await body).at(-1)).toMatchObject({ error: { exception: 'RetryableException' } });
  });

  it('reads no further than the caller', async () => {
    await server.close();
    await start(20_000, { NOTE: 'x'.repeat(1000) });
    const { answer } = await begin(server.port, '/v1/search', search, lines);
    const message = await answer;
    await untilSteady(scanned);
    expect(scanned()).toBeLessThan(19_000);
    expect(parseLines(await text(message)).filter((line) => 'object' in line)).toHaveLength(20_000);
  });

  it('gives up a caller who never reads on', async () => {
    await server.close();
    await start(20_000, { NOTE: 'x'.repeat(1000) });
    const { answer } = await begin(server.port, '/v1/search', search, lines);
    const message = await answer;
    message.on('error', () => undefined);
    await untilSteady(scanned);
    await pass(stallMs - 1);
    expect(fixture.connector.searches.ended).toBe(0);
    await pass(1);
    await until(() => fixture.connector.searches.ended === 1);
    await until(() => fixture.log.entries().length > 0);
    expect(fixture.log.entries()).toMatchObject([{ outcome: 'ConnectionBrokenException', answered: false }]);
  });

  it('stops when the caller goes away', async () => {
    let rows = 0;
    fixture.connector.hook = (operation, context) =>
      operation === 'row' && ++rows === 2 ? untilAborted(operation, context) : undefined;
    const { sent, answer } = await begin(server.port, '/v1/search', search, lines);
    (await answer).on('error', () => undefined);
    sent.destroy();
    await until(() => fixture.connector.searches.ended === 1);
    expect(fixture.connector.contexts[0]?.signal.aborted).toBe(true);
    await until(() => fixture.log.entries().length > 0);
    expect(fixture.log.entries()).toMatchObject([{ operation: 'search', level: 'info', answered: false }]);
  });
});
