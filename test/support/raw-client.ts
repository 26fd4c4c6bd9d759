import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Express } from 'express';

/** A server on a free port, for tests that need a connection of their own. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

export async function listenOn({ handler }: { readonly handler: Express }): Promise<Listening> {
  const server: Server = handler.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** Begins a POST and hands out both ends, so that a test can read slowly or hang up. */
export async function begin(
  port: number,
  path: string,
  body: object,
  accept = 'application/json',
): Promise<{ sent: ClientRequest; answer: Promise<IncomingMessage> }> {
  const headers = { 'Content-Type': 'application/json', Accept: accept };
  const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers });
  const answer = once(sent, 'response').then(([message]) => message as IncomingMessage);
  answer.catch(() => undefined);
  await new Promise<void>((resolve) => sent.end(JSON.stringify(body), resolve));
  return { sent, answer };
}

/** The lines of a stream, parsed. */
export function parseLines(text: string): Record<string, unknown>[] {
  expectTerminated(text);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function expectTerminated(text: string): void {
  if (!text.endsWith('\n')) throw new Error('The last line is not terminated.');
}

/** Waits until a condition holds, however long that takes on this machine; virtual time stands still. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(1);
}
