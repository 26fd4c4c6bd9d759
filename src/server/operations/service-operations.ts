import type { Connector, TargetState } from '../../connector/connector.js';
import { redactText } from '../logging/redact.js';
import { type ConnectorSource, namedConnectors } from '../server-parts.js';
import { jsonAnswer, ok, operation, type Operation } from './operation.js';

const service = { method: 'get', failures: ['unexpected'], effect: 'read', deadline: false } as const;

/** Endpoints for operators of the service. They ignore the query, because probes and scrapers add parameters. */
export const serviceOperations: readonly Operation[] = [
  operation({
    ...service,
    id: 'livez',
    path: '/livez',
    access: 'open',
    summary: 'Is the process alive?',
    description: 'Returns 200 while the process can answer.',
    answers: [jsonAnswer(200, 'The process is alive.', 'liveness-answer')],
    run: () => ok({ status: 'alive' }),
  }),
  operation({
    ...service,
    id: 'readyz',
    path: '/readyz',
    access: 'open',
    summary: 'Does the service accept requests?',
    description:
      'Also contains the last known state of Zoom, and of Redis where replicas share their state. That one of them cannot be reached does not make the service unready.',
    answers: [
      jsonAnswer(200, 'The service accepts requests.', 'readiness-answer'),
      jsonAnswer(503, 'The service is shutting down.', 'readiness-answer'),
    ],
    run: (_request, { connector, services: { connectors, redisStatus, running } }) => {
      const state = redisStatus();
      return {
        kind: 'json',
        status: running.stopping ? 503 : 200,
        body: {
          status: running.stopping ? 'stopping' : 'ready',
          ...targetsOf(connectors, connector),
          ...(state !== undefined && { state }),
        },
      };
    },
  }),
  operation({
    ...service,
    id: 'openapi',
    path: '/openapi.json',
    access: 'anyToken',
    summary: 'This document',
    description: 'The OpenAPI document, built from the schemas that validate the traffic.',
    answers: [jsonAnswer(200, 'The document.', 'open-api-answer')],
    run: (_request, { services }) => ok(services.openApi()),
  }),
  operation({
    ...service,
    id: 'metrics',
    path: '/metrics',
    ofConnector: 'all',
    access: 'anyToken',
    summary: 'Metrics',
    description: "All metrics of the service, in Prometheus' text format.",
    answers: [{ status: 200, description: 'The metrics.', content: { 'text/plain': 'text' } }],
    run: async (_request, { services: { metrics } }) => ({
      kind: 'text',
      status: 200,
      mediaType: metrics.mediaType,
      text: await metrics.text(),
    }),
  }),
];

/**
 * The last known state of Zoom. Of several connectors only their number is shown by state: the endpoint is open, and
 * not everyone may learn their names.
 */
function targetsOf(source: ConnectorSource, single: Connector): object {
  const names = namedConnectors(source);
  if (names.length === 0) return { target: redacted(single.targetState()) };
  const states = names.map((name) => source.get(name)?.targetState().reachable ?? 'unknown');
  const count = (state: TargetState['reachable']): number => states.filter((each) => each === state).length;
  return { targets: { reachable: count(true), unreachable: count(false), untried: count('unknown') } };
}

/** Removes e-mail addresses from Zoom's last message, because the endpoint is open to everyone. */
function redacted(state: TargetState): TargetState {
  return state.lastError === undefined ? state : { ...state, lastError: redactText(state.lastError) };
}
