import { afterEach, expect, test } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { createTracer } from '../../src/telemetry/create-tracer.js';
import { passingTracer } from '../../src/telemetry/passed-trace.js';

const api = Symbol.for('opentelemetry.js.api.1');

afterEach(() => {
  trace.disable();
  Reflect.deleteProperty(globalThis, api);
});

/** Makes a tracer. @returns the tracer and the warnings. */
function made() {
  const warnings: string[] = [];
  return { tracer: createTracer('0.0.0-test', (message) => void warnings.push(message)), warnings };
}

test('without an SDK traces are passed on', () => {
  expect(made()).toEqual({ tracer: passingTracer, warnings: [] });
});

test('with an SDK spans are recorded', () => {
  trace.setGlobalTracerProvider(new BasicTracerProvider());
  const { tracer, warnings } = made();
  expect(warnings).toEqual([]);
  const span = tracer.received({})?.start({ name: 'operation', kind: 'server', facts: {} });
  expect(span?.ids).toEqual({
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
});

test('an SDK that an older version of the API has registered is reported', () => {
  Reflect.set(globalThis, api, { version: '1.8.0', trace: new BasicTracerProvider() });
  const { tracer, warnings } = made();
  expect(tracer).toBe(passingTracer);
  expect(warnings).toEqual([expect.stringContaining('older than 1.9')]);
});

test('an SDK for metrics alone is no reason for a warning', () => {
  Reflect.set(globalThis, api, { version: '1.8.0', metrics: {} });
  expect(made()).toEqual({ tracer: passingTracer, warnings: [] });
});
