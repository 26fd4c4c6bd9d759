import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '../../../src/server/app.js';
import { withAccountIds } from '../../support/account-ids.js';
import { apiDocument, exampleRequests, requestsOfPages } from '../../support/documented-requests.js';
import { removeFolder, repository, runTool, temporaryFolder } from '../../support/run-tool.js';
import { startService } from '../../support/service.js';

/** A virtual environment with what test/clients/requirements.txt names. */
const environment = process.env['PYTHON_CLIENT_VENV'] ?? '';
const tools = join(environment, 'bin');
const generator = join(tools, 'openapi-python-client');

interface Report {
  readonly sent: unknown;
  readonly untyped: readonly unknown[];
  readonly status: number;
  readonly class: string;
  readonly parsed: unknown;
  readonly received: unknown;
}

interface Result {
  readonly reports: readonly Report[];
  readonly stream: { readonly classes: readonly string[]; readonly same: boolean };
}

interface Calls extends Result {
  readonly bodies: readonly unknown[];
}

const writes = new Set(operations.filter(({ effect }) => effect === 'write').map(({ path }) => path));
const withoutBody = operations.filter(({ request }) => request === undefined).map(({ path }) => ({ path }));
const withBody = [...exampleRequests(), ...requestsOfPages()].map(({ body, path }) => ({
  path,
  body,
  // The account stays as it is, so that each request meets the same one.
  dryRun: writes.has(path),
}));

/** Makes a client, and sends every request with it to a service that targets the simulator. */
async function callService(folder: string): Promise<Calls> {
  const service = await startService({ custom: { entitlementDeletionEnabled: true } });
  const server = createServer(service.handler).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const requests = withBody.map((request) => ({ ...request, body: withAccountIds(request.body, service) }));
  const input = JSON.stringify({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [...withoutBody, ...requests],
  });
  const script = join(repository, 'test/clients/calls.py');
  const env = { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' };
  const { code, stderr, stdout } = await runTool(join(tools, 'python'), [script], {
    cwd: folder,
    env,
    input,
  });
  server.close();
  server.closeAllConnections();
  await service.close();
  expect([code, stderr]).toEqual([0, '']);
  return { ...(JSON.parse(stdout) as Result), bodies: requests.map(({ body }) => body) };
}

function testClient(): void {
  let folder: string;
  let result: Calls;

  beforeAll(async () => {
    folder = await temporaryFolder({ 'openapi.json': JSON.stringify(apiDocument(false)) });
    const args = [
      'generate',
      '--path',
      'openapi.json',
      '--meta',
      'none',
      '--output-path',
      'connector_client',
    ];
    // The generator formats the client with a tool of the same environment.
    const env = { PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}` };
    const generated = await runTool(generator, [...args, '--fail-on-warning'], { cwd: folder, env });
    expect([generated.code, generated.stderr]).toEqual([0, '']);
    result = await callService(folder);
  });

  afterAll(() => removeFolder(folder));

  it('sends every documented request as it is written, with a class for each part', () => {
    const sent = result.reports.slice(withoutBody.length);
    expect(sent.map((report) => report.sent)).toEqual(result.bodies);
    expect(sent.flatMap(({ untyped }) => untyped)).toEqual([]);
  });

  it('reads every answer into a class, and loses nothing of it', () => {
    const { reports } = result;
    expect(reports.map(({ parsed }) => parsed)).toEqual(reports.map(({ received }) => received));
    const [schema, test, connector, livez, readyz, openApi, metrics] = reports.map((report) => report.class);
    expect([schema, test, connector]).toEqual(['SchemaAnswer', 'TestAnswer', 'ConnectorAnswer']);
    expect([livez, readyz, openApi]).toEqual(['LivenessAnswer', 'ReadinessAnswer', 'OpenApiAnswer']);
    expect(metrics).toBe('str');
    const classes = new Set(reports.slice(withoutBody.length).map((report) => report.class));
    for (const name of ['SearchAnswer', 'ConnectorObject', 'PlanAnswer', 'ValidateAnswer', 'Problem']) {
      expect(classes).toContain(name);
    }
  });

  it('reads a stream line by line', () => {
    const { classes, same } = result.stream;
    expect(new Set(classes.slice(0, -1))).toEqual(new Set(['ObjectLine']));
    expect([classes.at(-1), same]).toEqual(['SearchResultLine', true]);
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
