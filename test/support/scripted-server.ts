import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the scripted server saw it. */
interface SeenRequest {
  readonly method: string;
  /** Path and query as sent, not decoded. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly at: number;
}

/** One scripted answer: data, or a function that answers itself (or not at all). */
export type ScriptedAnswer =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Record<string, string>;
    }
  | ((request: SeenRequest, response: ServerResponse) => void);

export interface ScriptedServer {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Requests other than those for tokens. */
  readonly calls: SeenRequest[];
  close(): Promise<void>;
}

/**
 * A local HTTP server that answers in order from a script; `/oauth/token` gives tokens `token-1`, `token-2`, …
 * unless the script of tokens says otherwise. After the end of a script its last entry repeats.
 */
export async function scriptedServer(
  script: readonly ScriptedAnswer[],
  tokenScript: readonly ScriptedAnswer[] = [],
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  let calls = 0;
  let tokens = 0;
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const entry = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body,
        at: Date.now(),
      };
      seen.push(entry);
      const isToken = entry.url.startsWith('/oauth/token');
      const number = isToken ? (tokens += 1) : (calls += 1);
      const answers = isToken ? tokenScript : script;
      const answer = answers[Math.min(number, answers.length) - 1] ?? defaultAnswer(isToken, number);
      give(answer, entry, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    get calls() {
      return seen.filter(({ url }) => !url.startsWith('/oauth/token'));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function defaultAnswer(isToken: boolean, number: number): ScriptedAnswer {
  return isToken
    ? {
        json: {
          access_token: `token-${number}`,
          expires_in: 3600,
          scope: 'user:read:admin group:read:admin',
        },
      }
    : { json: {} };
}

function give(answer: ScriptedAnswer, request: SeenRequest, response: ServerResponse): void {
  if (typeof answer === 'function') {
    answer(request, response);
    return;
  }
  const { status = 200, json, text, headers = {} } = answer;
  const body = text ?? (json === undefined ? '' : JSON.stringify(json));
  response.writeHead(status, {
    'content-type': json === undefined ? 'text/html' : 'application/json',
    ...headers,
  });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
