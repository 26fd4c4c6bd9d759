import { jsonMediaType, namedPath, type Operation } from '../operations/operation.js';
import { maxNesting } from '../request/json-text.js';
import { queryParameters } from '../request/read-head.js';
import { maxBodyMembers } from '../validation/limits.js';
import type { SchemaSet } from '../validation/schemas.js';
import { schemaComponents, schemaRef } from './components.js';
import { responsesOf } from './responses.js';

type Json = Readonly<Record<string, unknown>>;

/** What the document is built from. */
interface OpenApiOptions {
  readonly version: string;
  /** Whether callers must authenticate. */
  readonly authenticated: boolean;
  readonly operations: readonly Operation[];
  /** True if the service has several connectors, each with a name in its paths. */
  readonly isNamed: boolean;
  readonly schemas: SchemaSet;
}

/** The OpenAPI 3.1 document: the table of operations and the schemas that validate the traffic, in other words. */
export function buildOpenApi(options: OpenApiOptions): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zoom identity connector',
      version: options.version,
      description: 'ConnId operations on the users and groups of a Zoom account, as JSON over HTTP.',
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'operations', description: 'The operations of the connector.' },
      { name: 'service', description: 'For those who run the service.' },
    ],
    paths: pathsOf(options),
    components: {
      schemas: schemaComponents(options.schemas),
      headers,
      parameters: { ...(options.isNamed && connectorParameter), ...parameters },
      securitySchemes,
    },
  };
}

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'A token with the scope the operation asks for.' },
};

const headers = {
  RequestId: {
    description: 'Identifies the request in logs: the id the caller gave, or a new one.',
    schema: { type: 'string' },
  },
  RetryAfter: {
    description: 'Seconds after which a repetition makes sense.',
    schema: { type: 'integer', minimum: 0 },
  },
};

/** The parameter of the paths of several connectors. */
const connectorParameter = {
  Connector: {
    name: 'connector',
    in: 'path',
    required: true,
    description: 'The name of the connector.',
    schema: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 63 },
  },
};

const parameters = {
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    description: 'An id for the request, to be found in logs.',
    schema: { type: 'string', maxLength: 128 },
  },
};

function pathsOf(options: OpenApiOptions): Json {
  const paths: Record<string, Json> = {};
  for (const row of options.operations) {
    const isNamed = options.isNamed && row.ofConnector === true;
    const path = isNamed ? namedPath(row.path, '{connector}') : row.path;
    paths[path] = { ...paths[path], [row.method]: operationOf(row, options.authenticated, isNamed) };
  }
  return paths;
}

function operationOf(row: Operation, authenticated: boolean, isNamed: boolean): Json {
  return {
    operationId: row.id,
    tags: [row.path.startsWith('/v1/') ? 'operations' : 'service'],
    summary: row.summary,
    description: row.description,
    parameters: parametersOf(row, isNamed),
    ...(row.request === undefined ? {} : { requestBody: requestBodyOf(row.request) }),
    responses: responsesOf(row, authenticated),
    security: securityOf(row, authenticated),
  };
}

function parametersOf({ query = [] }: Operation, isNamed: boolean): readonly Json[] {
  const given = query.map((name) => ({ name, in: 'query', ...queryParameters[name] }));
  const path = isNamed ? [{ $ref: '#/components/parameters/Connector' }] : [];
  return [...path, ...given, { $ref: '#/components/parameters/RequestId' }];
}

function requestBodyOf(request: NonNullable<Operation['request']>): Json {
  return {
    required: true,
    description: bodyLimits,
    content: { [jsonMediaType]: { schema: schemaRef(request) } },
  };
}

const bodyLimits = `At most \`server.bodyLimitBytes\` (413 beyond), ${maxNesting} levels, and ${maxBodyMembers} members and items; values of attributes do not count.`;

/**
 * The tokens that an operation asks for. Without authentication it takes callers without a token as well, so that a
 * client that was generated from one service fits every other.
 */
function securityOf({ access }: Operation, authenticated: boolean): readonly Json[] {
  if (access === 'open') return [];
  const withToken = { bearer: access === 'anyToken' ? [] : [access] };
  return authenticated ? [withToken] : [withToken, {}];
}
