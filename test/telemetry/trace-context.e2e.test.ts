import { afterEach, describe, expect, it } from '@jest/globals';
import { SpanKind } from '@opentelemetry/api';
import request from 'supertest';
import { startConnectors } from '../../src/cli/connectors.js';
import { createServiceApp } from '../../src/cli/serve.js';
import { noTracer, type Tracer } from '../../src/connector/tracing.js';
import { passingTracer } from '../../src/telemetry/passed-trace.js';
import { options, set, attribute, nameOf } from '../connid-server/wire-values.js';
import { Host, startHosted } from '../connid-server/hosts/hosts.js';
import { createMetrics } from '../../src/server/metrics.js';
import { createConnectorFactory } from '../../src/zoom/connector-factory.js';
import { load } from '../config/load.js';
import { canary } from '../support/canary.js';
import { captureLog } from '../support/log-capture.js';
import { until } from '../support/raw-client.js';
import { recordSpans } from '../support/recorded-spans.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';

const objectClass = 'ZoomUser';
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callersSpan = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${callersSpan}-01`;
const spans = recordSpans();

let service: TestService | undefined;
afterEach(() => service?.close());

async function start(tracer: Tracer, settings?: TestSettings, log = captureLog()) {
  service = await startService(settings, { tracer, logger: log.logger });
  const [user] = [...service.simulator.state.users.all()].filter(({ status }) => status === 'active');
  const update = (value: string) => ({
    objectClass,
    uid: user?.id,
    deltas: [{ name: 'DEPT', valuesToReplace: [value] }],
  });
  return { service, log, update, headersToZoom: () => headersToZoom(service) };
}

/** The traces in the requests that Zoom has received. */
function headersToZoom(of: TestService | undefined): ReadonlySet<string | undefined> {
  return new Set(of?.simulator.requests.map((request) => request.traceparent));
}

const idsOf = ({ spanId, traceId: id }: Record<string, unknown>) => [id, spanId];

describe('the trace of a caller', () => {
  it('is the one of the operation, and goes on to Zoom with the span of each call', async () => {
    const { headersToZoom: sent, service: started, update } = await start(spans.tracer());
    await started
      .post('update-delta', update('Ops'))
      .set({ traceparent, tracestate: 'canary=1', baggage: 'a=b' });
    await until(() => spans.all().some(({ kind }) => kind === SpanKind.SERVER));
    const operation = spans.all().find(({ kind }) => kind === SpanKind.SERVER);
    expect(operation?.parentSpanContext).toMatchObject({ traceId, spanId: callersSpan, isRemote: true });
    const calls = spans.all().filter(({ kind }) => kind === SpanKind.CLIENT);
    expect(calls.length).toBeGreaterThan(1);
    const contexts = calls.map((call) => call.spanContext());
    expect(sent()).toEqual(new Set(contexts.map(({ spanId }) => `00-${traceId}-${spanId}-01`)));
  });

  it('stays here if the configuration says so', async () => {
    const settings = { rest: { sendTraceparent: false } };
    const { headersToZoom: sent, service: started, update } = await start(spans.tracer(), settings);
    await started.post('update-delta', update('Ops')).set({ traceparent });
    expect(sent()).toEqual(new Set([undefined]));
  });

  it('is in the log and in the audit record of the operation, and at its calls', async () => {
    const { log, service: started, update } = await start(spans.tracer());
    await started.post('update-delta', update('Ops')).set({ traceparent });
    await until(() => log.entries().some(({ message }) => message === 'operation'));
    const named = (message: string) => log.entries().filter((entry) => entry['message'] === message);
    const operation = spans.all().find(({ kind }) => kind === SpanKind.SERVER);
    const ids = [traceId, operation?.spanContext().spanId];
    expect(named('write').map(idsOf)).toEqual([ids]);
    expect(named('operation').map(idsOf)).toEqual([ids]);
    const calls = spans
      .all()
      .filter(({ attributes }) => attributes['zoom_connector.rate_limit.label'] !== undefined);
    const ofCalls = calls
      .filter(({ name }) => !name.includes('oauth'))
      .map((span) => span.spanContext().spanId);
    expect(named('zoom call').map(({ spanId }) => spanId)).toEqual(ofCalls);
  });

  it.each(['', 'nonsense', `ff-${traceId}-${callersSpan}-01`])(
    'begins anew with the header "%s"',
    async (header) => {
      const { service: started } = await start(spans.tracer());
      const { status } = await started.post('test').set({ traceparent: header });
      await until(() => spans.all().some(({ kind }) => kind === SpanKind.SERVER));
      const operation = spans.all().find(({ kind }) => kind === SpanKind.SERVER);
      expect([status, operation?.parentSpanContext]).toEqual([200, undefined]);
    },
  );
});

describe('without an SDK', () => {
  it('the trace of a caller is passed on as it is, and is in the log', async () => {
    const { headersToZoom: sent, log, service: started, update } = await start(passingTracer);
    await started.post('update-delta', update('Ops')).set({ traceparent });
    await until(() => log.entries().some(({ message }) => message === 'operation'));
    expect(sent()).toEqual(new Set([traceparent]));
    const records = log.entries().filter(({ message }) => message === 'operation' || message === 'write');
    expect(records.map(idsOf)).toEqual([
      [traceId, callersSpan],
      [traceId, callersSpan],
    ]);
  });

  it('a request without a trace gets none', async () => {
    const { headersToZoom: sent, log, service: started, update } = await start(passingTracer);
    await started.post('update-delta', update('Ops'));
    await until(() => log.entries().some(({ message }) => message === 'operation'));
    expect(sent()).toEqual(new Set([undefined]));
    expect(log.text()).not.toMatch(/traceId|spanId/);
  });

  it('the answers and the calls to Zoom are the same', async () => {
    const runs = [];
    for (const tracer of [noTracer, passingTracer, spans.tracer()]) {
      const { service: started, update } = await start(tracer);
      const answers = [
        await started.post('update-delta', update('Ops')).set({ traceparent }),
        await started
          .post('search', { objectClass, options: { pageSize: 20, attributesToGet: ['DEPT'] } })
          .set({ traceparent }),
        await started
          .post('get', { objectClass, uid: 'AAAAAAAAAAAAAAAAAAAAAA' })
          .set({ 'X-Request-Id': 'R1' }),
      ];
      const bodies = answers.map(
        ({ body, status }) => [status, { ...(body as object), pagedResultsCookie: '' }] as const,
      );
      runs.push({ bodies, calls: started.calls().toSorted() });
      await started.close();
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });
});

describe('spans', () => {
  it('contain no address, name, id or secret', async () => {
    const { service: started } = await start(spans.tracer());
    const attributes = {
      __NAME__: canary.address,
      __PASSWORD__: canary.password,
      FIRST_NAME: canary.firstName,
      LAST_NAME: canary.lastName,
      CREATE_ACTION: 'autoCreate',
      TYPE: 1,
    };
    const created = await started
      .post('create', { objectClass, attributes })
      .set({ 'X-Request-Id': 'id-of-the-caller' });
    const { uid } = created.body as { readonly uid: string };
    const outage = { kind: 'status', status: 500, body: { message: `No ${canary.address}` } } as const;
    started.simulator.faults.add({ match: { path: '/users/{userId}/email', times: 1 }, action: outage });
    const deltas = [{ name: '__NAME__', valuesToReplace: [`new.${canary.address}`] }];
    await started.post('update-delta', { objectClass, uid, nameHint: canary.address, deltas });
    await started.post('search', { objectClass, filter: { equals: { EMAIL: canary.address } } });
    await started.post('delete', { objectClass, uid: canary.address });
    await until(() => spans.all().filter(({ kind }) => kind === SpanKind.SERVER).length === 4);
    const text = JSON.stringify(
      spans.all().map(({ attributes: facts, events, name, status }) => ({ facts, events, name, status })),
    );
    expect(text).toContain('"error.type":"500"');
    expect(text).not.toMatch(/canary|@/i);
    expect(text).not.toContain(uid);
  });
});

describe('an operation over the protocol of ConnId', () => {
  it('is a trace of its own', async () => {
    const hosted = await startHosted(undefined, { tracer: spans.tracer() });
    const host = await Host.discover(hosted);
    const user = set(nameOf(canary.address), attribute('CREATE_ACTION', 'custCreate'), attribute('TYPE', 1));
    await host.call('CreateApiOp', 'create', { kind: 'ObjectClass', type: objectClass }, user, options({}));
    await until(() => spans.all().some(({ kind }) => kind === SpanKind.SERVER));
    expect(spans.tree()[0]).toBe('connid create server');
    const operation = spans.all().find(({ kind }) => kind === SpanKind.SERVER);
    expect(operation?.attributes).toMatchObject({
      'network.protocol.name': 'connid',
      'zoom_connector.operation': 'create',
      'zoom_connector.object_class': objectClass,
    });
    expect(operation?.parentSpanContext).toBeUndefined();
    expect(spans.tree()).toContain('  POST /users client 201');
    const { spanId, traceId: id } = operation?.spanContext() ?? {};
    expect(hosted.log.entries()).toContainEqual(expect.objectContaining({ traceId: id, spanId }));
    expect(hosted.audit.entries()).toContainEqual(expect.objectContaining({ traceId: id, spanId }));
  });
});

describe('an operation of one of several connectors', () => {
  it('has its name, and the route in place of the path', async () => {
    const account = { service: { target: 'simulator' }, simulator: { users: 3 } };
    const { accounts, config } = await load({ connectors: { eu: account, us: account } });
    const connectors = await startConnectors(accounts, createConnectorFactory({ version: '0.0.0-test' }));
    const { logger } = captureLog();
    const parts = { connectors, logger, metrics: createMetrics(), tracer: spans.tracer() };
    const { handler } = createServiceApp(config, parts);
    await request(handler).get('/v1/connectors/eu/connector').expect(200);
    await request(handler).get('/v1/connectors/canary/connector').expect(404);
    await until(() => spans.all().length === 2);
    const route = 'GET /v1/connectors/{connector}/connector server';
    expect(spans.tree()).toEqual([`${route} 200`, `${route} 404 not-found`]);
    expect(spans.all().map(({ attributes }) => attributes['zoom_connector.connector'])).toEqual([
      'eu',
      undefined,
    ]);
    await connectors.close();
  });
});
