import { afterEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import type { ServerResponse } from 'node:http';
import type { Call } from '../../../src/connector/object-class/call.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import { GuardedString } from '../../../src/connid/guarded-string.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { scriptedServer, type ScriptedAnswer, type ScriptedServer } from '../../support/scripted-server.js';
import { testClient, testContext } from '../../support/zoom-client.js';

const canaries = ['canary-token', 'canary-secret', 'canary-password', 'canary.user', 'canary-proxy'];
const address = 'canary.user@example.com';
const createUser: Call = {
  endpoint: userEndpoints.createUser,
  body: {
    action: 'autoCreate',
    user_info: { email: address, password: new GuardedString('canary-password') },
  },
  why: 'create the user',
  lookFirst: (session) =>
    session.send({ endpoint: userEndpoints.getUser, params: { userId: address }, why: 'look' }),
};

let server: ScriptedServer;
afterEach(() => server.close());

async function failWith(
  script: ScriptedAnswer[],
  tokens: ScriptedAnswer[],
): Promise<{ error: ConnectorError; log: string }> {
  server = await scriptedServer(script, tokens);
  const lines: string[] = [];
  const note = (message: string, fields?: object): void =>
    void lines.push(inspect([message, fields], { depth: 9 }));
  const client = testClient(
    server.url,
    { clientSecret: new GuardedString('canary-secret'), ioErrorRetries: 1 },
    { logger: { debug: note, warn: note } },
  );
  const error: unknown = await client.send(createUser, testContext()).catch((thrown: unknown) => thrown);
  await client.close();
  if (!(error instanceof ConnectorError)) throw new Error('no failure');
  return { error, log: lines.join('\n') };
}

const token: ScriptedAnswer = { json: { access_token: 'canary-token', expires_in: 3600, scope: '' } };
const drop: ScriptedAnswer = (_, response: ServerResponse) => void response.destroy();

describe('secrets and personal data', () => {
  const cases: [string, ScriptedAnswer[], ScriptedAnswer[]][] = [
    [
      'a refusal that names the user',
      [{ status: 400, json: { code: 1116, message: `Email ${address} is wrong` } }],
      [token],
    ],
    [
      'a validation that names the user',
      [
        {
          status: 400,
          json: { code: 300, message: address, errors: [{ field: 'email', message: 'Invalid field.' }] },
        },
      ],
      [token],
    ],
    ['a refused token', [{ status: 401, json: { code: 124, message: 'Invalid access token.' } }], [token]],
    ['HTML', [{ status: 502, text: `<html>${address}` }], [token]],
    ['a lost answer', [drop], [token]],
    [
      'no token',
      [],
      [{ status: 400, json: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' } }],
    ],
    ['a lost token', [], [drop]],
  ];

  it.each(cases)('reach neither the log nor the error: %s', async (_, script, tokens) => {
    const { error, log } = await failWith(script, tokens);
    // Zoom's own sentence may go back to the caller, under `upstream` and nowhere else.
    const details = { ...error.details, upstream: undefined };
    const told = inspect(
      { message: error.message, stack: error.stack, details, cause: error.cause },
      { depth: 20, showHidden: true },
    );
    for (const canary of canaries) {
      expect(told).not.toContain(canary);
      expect(log).not.toContain(canary);
    }
    expect(tokens[0] === token ? log : 'not sent').not.toBe('');
  });
});
