import type { ErrorKind } from '../../connid/errors.js';
import type { Connector, GetRequest, SearchRequest } from '../../connector/connector.js';
import { namedConnectors } from '../server-parts.js';
import {
  jsonAnswer,
  jsonMediaType,
  linesMediaType,
  objectOperation,
  ok,
  operation,
  targetFailures,
  type Operation,
} from './operation.js';

const v1Read = { access: 'read', effect: 'read', deadline: true } as const;

/** Kinds of errors of operations that do not call the target. */
const localFailures: readonly ErrorKind[] = ['illegalArgument', 'unsupported', 'unexpected'];

/** ConnId's read operations. */
export const readOperations: readonly Operation[] = [
  operation({
    ...v1Read,
    id: 'schema',
    method: 'get',
    path: '/v1/schema',
    ofConnector: true,
    summary: 'Describe the object classes',
    description:
      'Object classes, their attributes with flags, the operations they support and their options.',
    query: ['objectClass'],
    answers: [jsonAnswer(200, 'The schema.', 'schema-answer')],
    failures: localFailures,
    run: (_request, { connector, query }) => ok(connector.schema(query.objectClass)),
  }),
  operation({
    ...v1Read,
    id: 'test',
    method: 'post',
    path: '/v1/test',
    ofConnector: true,
    summary: 'Check that Zoom can be used',
    description:
      'Checks configuration, connection, token, scopes and one cheap call per object class. A failed mandatory check is a problem; a body is ignored.',
    query: [],
    answers: [jsonAnswer(200, 'Zoom can be used.', 'test-answer')],
    failures: targetFailures,
    run: async (_request, { connector, context }) => ok(await connector.test(context)),
  }),
  objectOperation<SearchRequest>({
    ...v1Read,
    id: 'search',
    method: 'post',
    path: '/v1/search',
    ofConnector: true,
    summary: 'Find objects',
    description:
      'All objects, or those that match a filter, in pages or at once. With `Accept: application/x-ndjson` they stream, one JSON object per line; the last line is exactly one `searchResult` or `error`, and a stream without it is broken.',
    query: [],
    request: 'search-request',
    answers: [
      {
        status: 200,
        description: 'The objects, all of them.',
        content: { [jsonMediaType]: ['search-answer'], [linesMediaType]: ['search-line'] },
      },
    ],
    failures: [...targetFailures, 'invalidAttributeValue', 'preconditionFailed'],
    deadline: false,
    run: (request, { connector, context }) => ({ kind: 'rows', rows: connector.search(request, context) }),
  }),
  objectOperation<GetRequest>({
    ...v1Read,
    id: 'get',
    method: 'post',
    path: '/v1/get',
    ofConnector: true,
    summary: 'Read one object',
    description: 'The object with this uid, with all attributes that deep reading returns.',
    query: [],
    request: 'get-request',
    answers: [jsonAnswer(200, 'The object.', 'connector-object')],
    failures: [...targetFailures, 'invalidAttributeValue', 'unknownUid', 'preconditionFailed'],
    run: async (request, { connector, context }) => ok(await connector.get(request, context)),
  }),
  operation<unknown>({
    ...v1Read,
    id: 'validate',
    method: 'post',
    path: '/v1/validate',
    summary: 'Check a configuration',
    description:
      'Checks a connector configuration offline and changes nothing. Secret references are checked for syntax, never resolved.',
    query: [],
    request: 'validate-request',
    answers: [jsonAnswer(200, 'The verdict.', 'validate-answer')],
    failures: localFailures,
    run: async (request, { services }) => ok(await services.validateConfig(request)),
  }),
  operation({
    ...v1Read,
    id: 'connector',
    method: 'get',
    path: '/v1/connector',
    ofConnector: true,
    summary: 'Describe the connector',
    description: 'Name, version, target, API in use, and the operations of each object class.',
    query: [],
    answers: [jsonAnswer(200, 'About the connector.', 'connector-answer')],
    failures: localFailures,
    run: (_request, { connector }) => ok(connector.info),
  }),
  operation({
    ...v1Read,
    id: 'connectors',
    method: 'get',
    path: '/v1/connectors',
    summary: 'List the connectors',
    description: 'The connectors that the caller may use, if the service has several.',
    query: [],
    answers: [jsonAnswer(200, 'The connectors.', 'connectors-answer')],
    failures: localFailures,
    run: (_request, { mayUse, services: { connectors } }) => {
      const usable = namedConnectors(connectors).filter(mayUse);
      return ok({ connectors: usable.flatMap((name) => describe(name, connectors.get(name))) });
    },
  }),
];

function describe(name: string, connector: Connector | undefined): readonly object[] {
  return connector === undefined ? [] : [{ name, target: connector.info.target, api: connector.info.api }];
}
