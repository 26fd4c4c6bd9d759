import { Agent, request } from 'node:http';

/** Posts JSON over connections that stay open, with as little work of its own as can be. */
export interface KeepAliveClient {
  /** @returns the answer's body. @throws when the answer is no success. */
  post(path: string, body: object): Promise<string>;
  get(path: string): Promise<string>;
  close(): void;
}

/** A client of the service at this address. */
export function keepAliveClient(url: string): KeepAliveClient {
  const agent = new Agent({ keepAlive: true });
  const send = (method: string, path: string, body?: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
      const sent = request(`${url}${path}`, { method, agent, headers }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => {
          const text = Buffer.concat(pieces).toString();
          if ((answer.statusCode ?? 500) < 300) resolve(text);
          else reject(new Error(`${method} ${path}: ${String(answer.statusCode)} ${text}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    post: (path, body) => send('POST', path, JSON.stringify(body)),
    get: (path) => send('GET', path),
    close: () => agent.destroy(),
  };
}
