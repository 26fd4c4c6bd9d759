import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { begin, listenOn, until } from '../support/raw-client.js';
import { recordSpans } from '../support/recorded-spans.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';
import { flowUntil, useVirtualTime, virtualClock } from '../support/virtual-time.js';

const objectClass = 'ZoomUser';
const lines = 'application/x-ndjson';
const spans = recordSpans();

useVirtualTime();

let service: TestService;
let uids: readonly string[];

/** Starts a service that has its access token, and forgets the spans of its start. */
async function start(settings: TestSettings = {}): Promise<void> {
  service = await startService(settings, { tracer: spans.tracer(), client: { clock: virtualClock } });
  const active = [...service.simulator.state.users.all()].filter(({ status }) => status === 'active');
  uids = active.map(({ id }) => id);
  await flowUntil(service.post('test'));
  spans.clear();
}

beforeEach(() => start());
afterEach(() => service.close());

const dept = (value: string) => [{ name: 'DEPT', valuesToReplace: [value] }];
const get = (index: number) =>
  service.post('get', { objectClass, uid: uids[index], options: { attributesToGet: ['DEPT'] } });
const update = (index: number, value = 'Ops') =>
  service.post('update-delta', { objectClass, uid: uids[index], deltas: dept(value) });

const durationsOf = (name: string): number[] =>
  spans
    .all()
    .filter((span) => span.name === name)
    .map(({ duration: [seconds, nanoseconds] }) => seconds * 1000 + nanoseconds / 1e6);

describe('the spans of an operation', () => {
  it('are the operation and its calls to Zoom', async () => {
    await flowUntil(get(1));
    expect(spans.tree()).toEqual(['POST /v1/get server 200', '  GET /users/{userId} client 200']);
    const [call, operation] = spans.all();
    expect(operation?.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/v1/get',
      'http.response.status_code': 200,
      'url.scheme': 'http',
      'zoom_connector.object_class': 'ZoomUser',
      'zoom_connector.operation': 'get',
      'zoom_connector.zoom_calls': 1,
    });
    expect(call?.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'url.template': '/users/{userId}',
      'zoom_connector.endpoint': 'getUser',
      'zoom_connector.rate_limit.label': 'light',
    });
  });

  it('show the reads and writes of an update', async () => {
    await flowUntil(update(1));
    expect(spans.tree()).toEqual([
      'POST /v1/update-delta server 200',
      '  GET /users/{userId} client 200',
      '  PATCH /users/{userId} client 204',
    ]);
  });

  it('show every page of a search, also of a streamed one', async () => {
    const options = { attributesToGet: ['DEPT'] };
    await service.reload({ results: { importBatchSize: 30 } });
    const before = service.simulator.requests.length;
    const answer = service.post('search', { objectClass, options }).set('Accept', lines);
    expect((await flowUntil(answer)).text).toContain('searchResult');
    await until(() => spans.tree().length > 1);
    const [operation, ...calls] = spans.tree();
    expect(operation).toBe('POST /v1/search server 200');
    expect(calls).toContain('  GET /users client 200');
    expect(calls).toHaveLength(service.simulator.requests.length - before);
    expect(spans.all().at(-1)?.attributes).toMatchObject({ 'zoom_connector.results': 60 });
  });

  it('show the request for a token that an operation needs', async () => {
    service.simulator.tokens.revokeAll();
    await flowUntil(get(1));
    expect(spans.tree()).toEqual([
      'POST /v1/get server 200',
      '  GET /users/{userId} client 401 401 ERROR',
      '  POST /oauth/token client 200',
      '  wait for token',
      '  GET /users/{userId} client 200',
    ]);
  });

  it('leave out probes, scrapes and paths that do not exist', async () => {
    await service.get('/livez');
    await service.get('/metrics');
    await service.get('/v1/nonsense');
    await flowUntil(service.get('/v1/connector'));
    await until(() => spans.all().length > 0);
    expect(spans.tree()).toEqual(['GET /v1/connector server 200']);
  });
});

describe('the span of a wait', () => {
  it('shows the time for which a call waited for its rate limit', async () => {
    await service.close();
    await start({ rateLimit: { plan: 'free' } });
    await flowUntil(new Promise((resolve) => setTimeout(resolve, 5000)));
    const gets = [1, 2, 3, 4, 5, 6].map(get);
    await flowUntil(Promise.all(gets));
    const waits = durationsOf('wait for rate limit');
    expect(waits.length).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeGreaterThan(500);
    expect(spans.all().find(({ name }) => name === 'wait for rate limit')?.attributes).toEqual({
      'zoom_connector.wait.reason': 'rate limit',
      'zoom_connector.rate_limit.label': 'light',
    });
  });

  it('shows that a write waited for another write to the same user', async () => {
    const delay = { kind: 'delay', ms: 400 } as const;
    service.simulator.faults.add({ match: { method: 'PATCH', path: '/users/{userId}' }, action: delay });
    await flowUntil(Promise.all([update(1, 'One'), update(1, 'Two'), update(2, 'Three')]));
    expect(durationsOf('wait for lock')).toEqual([expect.any(Number)]);
    expect(durationsOf('wait for lock')[0]).toBeGreaterThan(399);
  });

  it('names the exception if the operation ends before the wait', async () => {
    await service.reload({ rest: { operationTimeoutMs: 1000 } });
    const delay = { kind: 'delay', ms: 1500 } as const;
    service.simulator.faults.add({ match: { method: 'PATCH', path: '/users/{userId}' }, action: delay });
    const [, late] = await flowUntil(Promise.all([update(1, 'One'), update(1, 'Two')]));
    expect(late.status).toBe(504);
    expect(spans.tree()).toContain('  wait for lock OperationTimeoutException ERROR');
  });

  it('stands between the attempts of a call', async () => {
    const outage = { kind: 'status', status: 500 } as const;
    service.simulator.faults.add({ match: { path: '/users/{userId}', times: 2 }, action: outage });
    await flowUntil(get(1));
    const calls = spans.all().filter(({ kind }) => kind === SpanKind.CLIENT);
    expect(calls.map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([undefined, 1, 2]);
    expect(spans.tree().filter((line) => !line.includes('wait'))).toEqual([
      'POST /v1/get server 200',
      '  GET /users/{userId} client 500 500 ERROR',
      '  GET /users/{userId} client 500 500 ERROR',
      '  GET /users/{userId} client 200',
    ]);
    expect(spans.tree()).toContain('  wait for back-off');
  });
});

describe('a failure', () => {
  it('is named by its exception; an ordinary answer is no error', async () => {
    await flowUntil(service.post('get', { objectClass, uid: 'AAAAAAAAAAAAAAAAAAAAAA' }));
    const [operation, call] = spans.tree();
    expect(operation).toBe('POST /v1/get server 404 UnknownUidException');
    expect(call).toBe('  GET /users/{userId} client 404 404 ERROR');
  });

  it('of Zoom is an error of the operation', async () => {
    const outage = { kind: 'status', status: 503, body: { message: 'canary' } } as const;
    service.simulator.faults.add({ match: { path: '/users/{userId}' }, action: outage });
    await flowUntil(get(1));
    expect(spans.tree()[0]).toBe('POST /v1/get server 502 ConnectorIOException ERROR');
    expect(spans.all().map(({ status }) => status.message)).not.toContain('canary');
  });

  it('without an answer is named by its code', async () => {
    service.simulator.faults.add({
      match: { method: 'GET', path: '/users/{userId}', times: 1 },
      action: { kind: 'drop', when: 'before' },
    });
    await flowUntil(get(1));
    expect(spans.tree()[1]).toBe('  GET /users/{userId} client ECONNRESET ERROR');
  });

  it('of a caller that leaves ends the operation after its calls', async () => {
    const server = await listenOn(service);
    const delay = { kind: 'delay', ms: 60_000 } as const;
    service.simulator.faults.add({ match: { path: '/users' }, action: delay });
    const { answer, sent } = await begin(server.port, '/v1/search', { objectClass }, lines);
    await until(() => service.simulator.requests.some(({ path }) => path === '/v2/users'));
    sent.destroy();
    await expect(answer).rejects.toThrow();
    await flowUntil(until(() => spans.all().some(({ kind }) => kind === SpanKind.SERVER)));
    const [operation, ...calls] = spans.tree();
    expect(operation).toBe('POST /v1/search server ConnectionBrokenException ERROR');
    expect(calls).not.toHaveLength(0);
    expect(new Set(calls)).toEqual(new Set(['  GET /users client cancelled ERROR']));
    await server.close();
  });
});

describe('a span that is active already', () => {
  it('stays the parent: an instrumentation of HTTP has started it for this request', () => {
    const outer = trace.getTracer('http').startSpan('POST', { kind: SpanKind.SERVER });
    const start = { name: 'inner', kind: 'server', facts: {} } as const;
    context.with(trace.setSpan(context.active(), outer), () => {
      spans
        .tracer()
        .received({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` })
        ?.start(start)
        .end();
    });
    outer.end();
    expect(spans.tree()).toEqual(['POST server', '  inner']);
  });
});
