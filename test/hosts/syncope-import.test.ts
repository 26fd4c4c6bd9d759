import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { repository, runTool } from '../support/run-tool.js';
import { connector } from './syncope-json.js';

interface Received {
  readonly request: string;
  readonly body: unknown;
}

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Answers as Syncope's REST API does: a new object has its key in a header. */
async function startRest(
  answer: { readonly refused?: string } = {},
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(incoming);
    const request = `${incoming.method ?? ''} ${incoming.url ?? ''}`;
    received.push({ request, body: body === '' ? undefined : (JSON.parse(body) as unknown) });
    const status = request === answer.refused ? 400 : incoming.method === 'POST' ? 201 : 200;
    const { bundleName, connectorName } = connector;
    const bundles = [
      { bundleName: 'another', connectorName: 'Other', version: '9.9.9', properties: [{ name: 'version' }] },
      { bundleName, connectorName, version: '1.2.3', properties: [{ name: 'accountId' }] },
    ];
    if (status === 400) {
      response.writeHead(400, { 'X-Application-Error-Info': 'InvalidValues: too short' }).end();
      return;
    }
    response.writeHead(status, { 'X-Syncope-Key': `key of ${request}` });
    response.end(request.endsWith('/bundles') ? JSON.stringify(bundles) : '');
  };
  const server = createServer((incoming, response) => void handle(incoming, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const location = 'connids://Key-1_x@zoom.example.com:8759?trustAllCerts=true';

function runImport(url: string): ReturnType<typeof runTool> {
  const env = { SYNCOPE_URL: url, SYNCOPE_LOGIN: 'admin:canary', LOCATION: location, no_proxy: '127.0.0.1' };
  return runTool('sh', ['docs/hosts/syncope/import.sh'], { cwd: repository, env });
}

/** The script needs curl, which not every computer has. */
function hasCurl(): boolean {
  try {
    return execFileSync('curl', ['--version']).length > 0;
  } catch {
    return false;
  }
}

(hasCurl() ? describe : describe.skip)('import.sh', () => {
  it('sends each file, with the keys that Syncope has given and the version that it has discovered', async () => {
    const { received, url } = await startRest();
    expect(await runImport(url)).toMatchObject({ code: 0, stderr: '' });
    const sent = new Map(received.map(({ body, request }) => [request, body]));
    expect(sent.get('POST /connectors')).toMatchObject({ location, version: '1.2.3' });
    expect(sent.get('POST /resources')).toMatchObject({
      connector: 'key of POST /connectors',
      propagationPolicy: 'key of POST /policies/PROPAGATION',
    });
    const order = received.map(({ request }) => request);
    expect(order.filter((request) => request === 'POST /schemas/PLAIN')).toHaveLength(10);
    expect(order.at(-1)).toBe('POST /tasks/PULL');
    expect(order.indexOf('POST /connectors/check')).toBeLessThan(order.indexOf('POST /connectors'));
  });

  it('sends the propagation action as it is', async () => {
    const { received, url } = await startRest();
    await runImport(url);
    const action = received.find(({ request }) => request.includes('/implementations/'));
    expect(action?.body).toEqual({
      key: 'ZoomMemberships',
      engine: 'GROOVY',
      type: 'PROPAGATION_ACTIONS',
      body: readFileSync('docs/hosts/syncope/memberships.groovy', 'utf8'),
    });
  });

  it.each(['PUT /anyTypes/USER', 'POST /policies/PROPAGATION', 'POST /connectors', 'POST /tasks/PULL'])(
    'stops when %s is refused, and shows why',
    async (refused) => {
      const { received, url } = await startRest({ refused });
      const { code, stderr, stdout } = await runImport(url);
      expect(received.at(-1)?.request).toBe(refused);
      expect([code === 0, stdout]).toEqual([false, '']);
      expect(stderr).toContain(`${refused} was refused`);
      expect(stderr).toContain('InvalidValues: too short');
      expect(stderr).not.toContain('canary');
    },
  );
});
