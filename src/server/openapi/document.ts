import { jsonMediaType, type Operation } from '../operations/operation.js';
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
    components: { schemas: schemaComponents(options.schemas), headers, parameters, securitySchemes },
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
    paths[row.path] = { ...paths[row.path], [row.method]: operationOf(row, options.authenticated) };
  }
  return paths;
}

function operationOf(row: Operation, authenticated: boolean): Json {
  return {
    operationId: row.id,
    tags: [row.path.startsWith('/v1/') ? 'operations' : 'service'],
    summary: row.summary,
    description: row.description,
    parameters: parametersOf(row),
    ...(row.request === undefined ? {} : { requestBody: requestBodyOf(row.request) }),
    responses: responsesOf(row, authenticated),
    security: securityOf(row, authenticated),
  };
}

function parametersOf({ query = [] }: Operation): readonly Json[] {
  const given = query.map((name) => ({ name, in: 'query', ...queryParameters[name] }));
  return [...given, { $ref: '#/components/parameters/RequestId' }];
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
