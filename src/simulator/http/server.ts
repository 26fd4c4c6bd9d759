import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createTrackingId } from '../core/ids.js';
import { stringifyJson } from '../core/json.js';
import type { World } from '../world.js';
import { exchange, type Outcome } from './exchange.js';
import { familyOf, identify, patternOf } from './identify.js';
import type { Reply } from './reply.js';

/** Answers a request to the control API of the simulator. */
type ControlHandler = (method: string, url: string, text: string) => Reply;

/** The HTTP server of a simulator: Zoom's APIs, and the control API under `/simulator`. */
export function createHttpServer(world: World, control: ControlHandler): Server {
  const server = createServer((request, response) => {
    const isControl = request.url?.startsWith('/simulator') === true;
    const answer = isControl
      ? answerControl(control, request, response)
      : answerZoom(world, request, response);
    answer.catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  // Longer than the idle time of usual clients, so that the client ends an idle connection before the server does.
  server.keepAliveTimeout = 65_000;
  return server;
}

async function answerZoom(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = identify(request);
  const { method, fullPath: path } = call;
  const query = Object.fromEntries(call.query);
  const traceparent = request.headers['traceparent']?.toString();
  const basics = { method, path, query, traceparent, pattern: patternOf(call), family: familyOf(call) };
  const entry = world.log.begin({ ...basics, at: world.clock.now() }, world.options.requestLogSize);
  try {
    const outcome = await exchange(world, call, await readText(request), entry);
    entry.status = outcome === 'drop' ? 0 : outcome.reply.status;
    finish(world, response, outcome);
  } finally {
    world.log.end();
  }
}

function finish(world: World, response: ServerResponse, outcome: Outcome): void {
  if (outcome === 'drop') {
    response.destroy();
    return;
  }
  const headers = { 'x-zm-trackingid': createTrackingId(world.networkRandom), ...outcome.reply.headers };
  const text = textOf(outcome.reply);
  const sent = outcome.truncate ? text.slice(0, Math.floor(text.length / 2)) : text;
  send(response, { ...outcome.reply, headers }, sent);
}

async function answerControl(
  control: ControlHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = await readText(request);
  const reply = control(request.method ?? 'GET', request.url ?? '/', text);
  send(response, reply, textOf(reply));
}

function textOf(reply: Reply): string {
  if (reply.body === undefined) return '';
  return typeof reply.body === 'string' ? reply.body : stringifyJson(reply.body);
}

function send(response: ServerResponse, reply: Reply, text: string): void {
  const type = text === '' ? {} : { 'Content-Type': 'application/json;charset=UTF-8' };
  const length = reply.status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(text)) };
  response.writeHead(reply.status, { ...type, ...length, ...reply.headers });
  response.end(text);
}

function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}
