import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '../../../src/server/app.js';
import { withAccountIds } from '../../support/account-ids.js';
import {
  apiDocument,
  codeBlock,
  exampleRequests,
  requestsOfPages,
} from '../../support/documented-requests.js';
import { repository, runTool, temporaryFolder } from '../../support/run-tool.js';
import { startService } from '../../support/service.js';
import { removeFolder } from '../../support/temporary-folder.js';

/** A virtual environment with what test/clients/requirements.txt names. */
const environment = process.env['PYTHON_CLIENT_VENV'] ?? '';
const tools = join(environment, 'bin');
const generator = join(tools, 'openapi-python-client');

interface Report {
  readonly sent: unknown;
  readonly untyped: readonly unknown[];
  readonly class: string;
  readonly parsed: unknown;
  readonly received: unknown;
}

/** What came of a session with the service. */
interface Calls {
  readonly bodies: readonly unknown[];
  readonly reports: readonly Report[];
  /** What the program of the guide printed. */
  readonly guide: readonly string[];
}

const writes = new Set(operations.filter(({ effect }) => effect === 'write').map(({ path }) => path));
const withoutBody = operations.filter(({ request }) => request === undefined).map(({ path }) => ({ path }));
const withBody = [...exampleRequests(), ...requestsOfPages()].map(({ body, path }) => ({
  path,
  body,
  // The account stays as it is, so that each request meets the same one.
  dryRun: writes.has(path),
}));

/** Sends every request with the client, and runs the program of the guide, against a service of their own. */
async function callService(folder: string): Promise<Calls> {
  const service = await startService({ custom: { entitlementDeletionEnabled: true } });
  const server = createServer(service.handler).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const requests = withBody.map((request) => ({ ...request, body: withAccountIds(request.body, service) }));
  const input = JSON.stringify({ url, requests: [...withoutBody, ...requests] });
  try {
    const reports = await runPython(folder, [join(repository, 'test/clients/calls.py')], input);
    const program = codeBlock('docs/guides/clients.md', 'python').replace('http://127.0.0.1:8080', url);
    const guide = await runPython(folder, ['-c', program]);
    const bodies = requests.map(({ body }) => body);
    return { bodies, reports: JSON.parse(reports) as Report[], guide: guide.trimEnd().split('\n') };
  } finally {
    server.close();
    server.closeAllConnections();
    await service.close();
  }
}

/** Runs Python with the client, and returns what it prints. */
async function runPython(folder: string, args: readonly string[], input = ''): Promise<string> {
  const env = { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', NO_PROXY: '127.0.0.1' };
  const { code, stderr, stdout } = await runTool(join(tools, 'python'), args, { cwd: folder, env, input });
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

function testClient(): void {
  let folder: string;
  let calls: Calls;

  beforeAll(async () => {
    folder = await temporaryFolder({ 'openapi.json': JSON.stringify(apiDocument(false)) });
    const target = ['--path=openapi.json', '--meta=none', '--output-path=connector_client'];
    // The generator formats the client with a tool of the same environment.
    const env = { PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}` };
    const generated = await runTool(generator, ['generate', '--fail-on-warning', ...target], {
      cwd: folder,
      env,
    });
    expect([generated.code, generated.stderr]).toEqual([0, '']);
    calls = await callService(folder);
  });

  afterAll(() => removeFolder(folder));

  it('sends every documented request as it is written, with a class for each part', () => {
    const sent = calls.reports.slice(withoutBody.length);
    expect(sent.map((report) => report.sent)).toEqual(calls.bodies);
    expect(sent.flatMap(({ untyped }) => untyped)).toEqual([]);
  });

  it('reads every answer into a class, and loses nothing of it', () => {
    const { reports } = calls;
    expect(reports.map(({ parsed }) => parsed)).toEqual(reports.map(({ received }) => received));
    const [schema, test, connector, connectors, livez, readyz, openApi, metrics] = reports.map(
      (report) => report.class,
    );
    expect([schema, test, connector]).toEqual(['SchemaAnswer', 'TestAnswer', 'ConnectorAnswer']);
    expect(connectors).toBe('ConnectorsAnswer');
    expect([livez, readyz, openApi]).toEqual(['LivenessAnswer', 'ReadinessAnswer', 'OpenApiAnswer']);
    expect(metrics).toBe('str');
    const classes = new Set(reports.slice(withoutBody.length).map((report) => report.class));
    for (const name of ['SearchAnswer', 'ConnectorObject', 'PlanAnswer', 'ValidateAnswer', 'Problem']) {
      expect(classes).toContain(name);
    }
  });

  it('does what the guide shows', () => {
    const [plan = '', ...uids] = calls.guide;
    expect(plan).toMatch(/^\['GET \/users\/[\w-]{22}', 'PATCH \/users\/[\w-]{22}'\]$/);
    expect(uids.length).toBeGreaterThan(40);
    expect(uids.filter((uid) => !/^[\w-]{22}$/.test(uid))).toEqual([]);
  });
}

/** A newcomer needs no Python; continuous integration must have it. */
function insteadOfTests(): void {
  const reason = 'PYTHON_CLIENT_VENV names no virtual environment with openapi-python-client';
  if (process.env['REQUIRE_SHARED'] !== '1') it.skip(`is skipped: ${reason}`, () => undefined);
  else
    it('finds the generator', () => {
      throw new Error(`REQUIRE_SHARED is set but ${reason}`);
    });
}

const hasGenerator = environment !== '' && existsSync(generator);
describe(
  'a client that openapi-python-client makes from the document',
  hasGenerator ? testClient : insteadOfTests,
);
