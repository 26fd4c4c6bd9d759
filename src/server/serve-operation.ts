import type { Express, Request, RequestHandler, Response } from 'express';
import { ConnectorError } from '../connid/errors.js';
import type { Connector } from '../connector/connector.js';
import type { SpanStart } from '../connector/tracing.js';
import { authorise, mayUseConnector } from './auth/authenticate.js';
import { contextOf, type Exchange, exchangeOf, fail } from './exchange/exchange.js';
import { startDeadline } from './exchange/running-operations.js';
import { auditEntry, isProbe } from './logging/record-exchange.js';
import { loggableUid } from './logging/redact.js';
import { subjectOf } from './logging/subject.js';
import { namedPath, ok, type Operation, type OperationCall, type Reply } from './operations/operation.js';
import { HttpProblem } from './problem/http-problem.js';
import { acceptedMediaType, readQuery } from './request/read-head.js';
import { sendReply, simulatorTarget, tracked } from './send-reply.js';
import type { ServerParts } from './server-parts.js';

/** Makes the handler of a row of the operation table. */
function serveOperation(row: Operation, parts: ServerParts): RequestHandler {
  const offered = [...new Set(row.answers.flatMap(({ content }) => Object.keys(content)))];
  return (request, response) => {
    const exchange = exchangeOf(response);
    exchange.operation = row;
    if (!isProbe(row)) exchange.span = exchange.span?.start(spanStart(row, request));
    const handled = handle({ row, parts, offered, request, response, exchange });
    exchange.handled = handled;
    return handled;
  };
}

/** The span of an operation. Its path is the one of the route, which has no values in it. */
function spanStart({ id, method, path }: Operation, { params, protocol }: Request): SpanStart {
  const verb = method.toUpperCase();
  const route = params['connector'] === undefined ? path : namedPath(path, '{connector}');
  return {
    name: `${verb} ${route}`,
    kind: 'server',
    facts: {
      'http.request.method': verb,
      'http.route': route,
      'url.scheme': protocol,
      'zoom_connector.operation': id,
    },
  };
}

interface Task {
  readonly row: Operation;
  readonly parts: ServerParts;
  readonly offered: readonly string[];
  readonly request: Request;
  readonly response: Response;
  readonly exchange: Exchange;
}

/** Serves a request. Records an error and passes it to the error handler. */
async function handle(task: Task): Promise<void> {
  const { parts, response, exchange } = task;
  try {
    const { mediaType, reply } = await perform(task);
    await sendReply(reply, { response, exchange, parts, mediaType });
  } catch (thrown) {
    throw fail(exchange, thrown).thrown;
  }
}

interface Performed {
  readonly reply: Reply;
  readonly mediaType: string | undefined;
}

/**
 * Runs the checks, the cheapest first, then the operation. The audit record of a write is written before its answer is
 * sent: whoever has the answer finds the record, even after a crash. Refused attempts are audited, too.
 */
async function perform(task: Task): Promise<Performed> {
  const { row, parts, offered, request, exchange } = task;
  try {
    authorise(row.access, exchange.caller);
    if (row.ofConnector === true) findConnector(task);
    if (row.ofConnector === 'all' && exchange.caller?.connectors !== undefined)
      throw new HttpProblem('forbidden', { detail: limitedToSomeDetail });
    const mediaType = acceptedMediaType(request, offered);
    return { mediaType, reply: await run(task) };
  } catch (thrown) {
    throw fail(exchange, thrown).thrown;
  } finally {
    if (row.effect === 'write' && !exchange.dryRun) parts.audit().info('write', auditEntry(exchange));
  }
}

async function run(task: Task): Promise<Reply> {
  const { row, parts, exchange } = task;
  const { services } = parts;
  const query = row.query === undefined ? { dryRun: false } : readQuery(task.request.url, row.query);
  exchange.dryRun = query.dryRun;
  const body = await readRequest(task);
  const connector = connectorOf(task);
  exchange.subject = subjectOf(body, connector);
  // The caller may have disconnected while we read the body; then we write nothing.
  exchange.abort.signal.throwIfAborted();
  const mayUse = (name: string): boolean => mayUseConnector(exchange.caller, name);
  const call = { connector, mayUse, query, context: contextOf(exchange), services };
  const reply = await withDeadline(task, body, call);
  noteCreated(exchange, reply);
  return reply;
}

/**
 * Finds the connector that the path names, and checks that the caller may use it.
 * @throws HttpProblem `notFound` or `forbidden`. Who may not use all connectors does not learn which names exist.
 */
function findConnector({ exchange, parts, request, response }: Task): void {
  const { connectors } = parts.services;
  const name = String(request.params['connector'] ?? '');
  if (name === '' && connectors.get('') === undefined)
    throw new HttpProblem('notFound', { detail: severalDetail });
  if (!mayUseConnector(exchange.caller, name)) throw new HttpProblem('forbidden', { detail: limitedDetail });
  const connector = name === '' ? undefined : connectors.get(name);
  if (name !== '' && connector === undefined) throw new HttpProblem('notFound', { detail: unknownDetail });
  if (connector === undefined) return;
  exchange.connector = name;
  if (connector.info.target === 'simulator') response.setHeader(...simulatorTarget);
}

const severalDetail =
  'This service has several connectors. Their operations are at /v1/connectors/{name}/; GET /v1/connectors lists them.';
const limitedDetail = 'The token may not use this connector.';
const limitedToSomeDetail = 'The token may use some connectors only, and this shows something of all.';
const unknownDetail = 'There is no connector of this name. GET /v1/connectors lists them.';

/** The connector of the request. Operations of the service get one for what all have in common. */
function connectorOf({ exchange, parts }: Task): Connector {
  const { connectors } = parts.services;
  const connector = connectors.get(exchange.connector ?? connectors.names()[0] ?? '');
  // A reload may have removed it since it was found.
  if (connector === undefined) throw new HttpProblem('notFound', { detail: unknownDetail });
  return connector;
}

async function readRequest({ row, parts, request, response }: Task): Promise<unknown> {
  if (row.request === undefined) return undefined;
  const body = await parts.readBody(request, response);
  const errors = parts.validators.check(row.request, body);
  const [first] = errors;
  if (first === undefined) return body;
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more; see errors)`;
  throw new ConnectorError('illegalArgument', `${first.message}${more}`, { errors });
}

async function withDeadline(task: Task, body: unknown, call: OperationCall): Promise<Reply> {
  const { row, parts, exchange } = task;
  const { operationTimeoutMs } = parts.limits(exchange.connector ?? '');
  const deadline = row.deadline ? startDeadline(exchange.abort, operationTimeoutMs) : undefined;
  try {
    return await tracked(runOrPlan(row, body, call), exchange, parts);
  } finally {
    clearTimeout(deadline);
  }
}

/**
 * Runs an operation, or its dry run if the caller requests one. Only this function decides between the two, so no write
 * operation can overlook `dryRun`.
 */
async function runOrPlan(row: Operation, request: unknown, call: OperationCall): Promise<Reply> {
  if (!call.query.dryRun) return row.run(request, call);
  if (row.plan !== undefined) return ok(await row.plan(request, call));
  throw new ConnectorError('unsupported', `There is no dry run of ${row.id}.`, {
    hint: 'Nothing was written. Repeat the request without dryRun to execute it.',
  });
}

/** Records the uid of a new object, which only the answer contains. */
function noteCreated(exchange: Exchange, reply: Reply): void {
  if (exchange.operation?.effect !== 'write' || reply.kind !== 'json') return;
  const { uid } = reply.body as { readonly uid?: unknown };
  if (typeof uid === 'string') exchange.subject = { ...exchange.subject, uid: loggableUid(uid) };
}

/** Adds a route for every row of the operation table, and a 405 answer for all other methods of its path. */
export function mountOperations(app: Express, rows: readonly Operation[], parts: ServerParts): void {
  for (const path of new Set(rows.map((row) => row.path))) {
    const ofPath = rows.filter((row) => row.path === path);
    const isNamed = ofPath.some(({ ofConnector }) => ofConnector === true);
    for (const each of isNamed ? [path, namedPath(path, ':connector')] : [path]) {
      const route = app.route(each);
      for (const row of ofPath) route[row.method](serveOperation(row, parts));
      route.all(refuseMethod(ofPath.map(({ method }) => method)));
    }
  }
}

/**
 * Answers 405 to every method.
 * @param methods - the methods with routes of their own, for the message and the header `Allow`.
 */
export function refuseMethod(methods: readonly Operation['method'][]): RequestHandler {
  const allowed = methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  return ({ method }) => {
    throw new HttpProblem('methodNotAllowed', {
      detail: `This path accepts ${allowed.join(' or ')}, not ${method}.`,
      headers: { Allow: allowed.join(', ') },
    });
  };
}
