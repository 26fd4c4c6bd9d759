import type { Response } from 'express';
import { pipeline, Readable } from 'node:stream';
import type { ServerParts } from './server-parts.js';
import { callerGone, type Exchange, fail } from './exchange/exchange.js';
import { finished, settled } from './exchange/running-operations.js';
import { jsonMediaType, linesMediaType, type Reply, type Rows } from './operations/operation.js';
import { LineSink } from './streaming/line-sink.js';
import { collectRows, streamRows } from './streaming/rows.js';

/** Everything that sending one answer needs. */
interface Delivery {
  readonly response: Response;
  readonly exchange: Exchange;
  readonly parts: ServerParts;
  /** The media type that the caller prefers; `undefined` if the operation has no body. */
  readonly mediaType: string | undefined;
}

/** Sends the reply of an operation. For a search this also reads the rows, which is most of its work. */
export async function sendReply(reply: Reply, delivery: Delivery): Promise<void> {
  const { response, mediaType } = delivery;
  switch (reply.kind) {
    case 'json':
      sendText(response, reply.status, jsonMediaType, JSON.stringify(reply.body));
      return;
    case 'text':
      sendText(response, reply.status, reply.mediaType, reply.text);
      return;
    case 'empty':
      response.status(reply.status).end();
      return;
    case 'rows':
      return mediaType === linesMediaType ? sendLines(reply.rows, delivery) : sendRows(reply.rows, delivery);
  }
}

/** Sends a complete body, unless the caller has disconnected. */
export function sendText(response: Response, status: number, mediaType: string, text: string): void {
  if (response.destroyed) return;
  setHead(response, status, mediaType, Buffer.byteLength(text));
  // Head and body are one write.
  response.end(text);
}

/** Without the methods of Express, which cost more than the rest of a small answer. */
function setHead(response: Response, status: number, mediaType: string, length: number): void {
  response.statusCode = status;
  const type = mediaType.includes('charset=') ? mediaType : `${mediaType}; charset=utf-8`;
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', length);
}

async function sendRows(rows: Rows, { response, exchange, parts }: Delivery): Promise<void> {
  const { signal } = exchange.abort;
  const work = collectRows(rows, signal, parts.limits(exchange.connector ?? '').maxJsonResults);
  const { count, pieces } = await tracked(work, exchange, parts);
  exchange.results = count;
  sendPieces(response, pieces);
}

/** Sends a JSON body piece by piece, as the caller reads it. */
function sendPieces(response: Response, pieces: readonly Buffer[]): void {
  if (response.destroyed) return;
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  setHead(response, 200, jsonMediaType, length);
  // A caller that disconnects is noted by `abortWhenCallerLeaves`.
  if (pieces.length === 1) response.end(pieces[0]);
  else pipeline(Readable.from(pieces), response, () => undefined);
}

async function sendLines(rows: Rows, { response, exchange, parts }: Delivery): Promise<void> {
  const { stallMs, heartbeatMs } = parts.timings;
  const sink = new LineSink(response, {
    stallMs,
    start: () => {
      response.status(200).type(linesMediaType).flushHeaders();
    },
  });
  let written = 0;
  const work = streamRows(rows, sink, {
    signal: exchange.abort.signal,
    heartbeatMs,
    scanned: () => exchange.trace.scanned,
    onRow: () => (exchange.results = ++written),
  });
  try {
    sink.end({ searchResult: await tracked(work, exchange, parts) });
  } catch (thrown) {
    // Before the first line the status is not sent yet: answer with an ordinary HTTP error.
    if (!sink.started) throw thrown;
    sink.end({ error: fail(exchange, thrown).problem });
  }
}

/** Waits for work. A shutdown waits for it too. An abort ends reads after the grace time, and writes when it can. */
export function tracked<T>(
  work: Promise<T>,
  exchange: Exchange,
  { services, timings }: ServerParts,
): Promise<T> {
  const { signal } = exchange.abort;
  const running = services.running.track(exchange, work);
  return exchange.operation?.effect === 'write'
    ? finished(running, signal)
    : settled(running, signal, timings.abortGraceMs);
}

/** Aborts the operation when the caller disconnects before the answer is complete. */
export function abortWhenCallerLeaves(response: Response, { abort }: Exchange): void {
  response.once('close', () => {
    if (!response.writableFinished) abort.abort(callerGone());
  });
}

/** The header of answers that do not come from Zoom. */
export const simulatorTarget = ['X-Zoom-Target', 'simulator'] as const;
