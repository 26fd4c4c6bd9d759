import { Agent, request } from 'node:http';

/** A client that reuses its connections and does as little work as possible. */
export interface KeepAliveClient {
  /** Posts JSON. @returns the body of the answer. @throws for an answer that is no success */
  post(path: string, body: object): Promise<string>;
  get(path: string): Promise<string>;
  close(): void;
}

/** @param always - headers of every request. */
export function keepAliveClient(url: string, always: Readonly<Record<string, string>> = {}): KeepAliveClient {
  const agent = new Agent({ keepAlive: true });
  const send = (method: string, path: string, body?: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { ...always, ...(body !== undefined && { 'Content-Type': 'application/json' }) };
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
