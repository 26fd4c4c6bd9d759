import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Call } from '../../../src/connector/object-class/call.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import { GuardedString } from '../../../src/connid/guarded-string.js';
import { problemOf } from '../../../src/server/problem/problem.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { assertProperty } from '../../support/assert-property.js';
import { type ScriptedAnswer, scriptedServer, type ScriptedServer } from '../../support/scripted-server.js';
import { testClient, testContext } from '../../support/zoom-client.js';

const clientId = 'a-client';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const lowerHex = (text: string): string => text.replaceAll(/%../g, (byte) => byte.toLowerCase());

/** Ways in which a service may repeat a secret. */
const forms: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'as a component of a URL': (secret) => encodeURIComponent(secret),
  'as a component of a URL in lower case': (secret) => lowerHex(encodeURIComponent(secret)),
  'as a URL': (secret) => encodeURI(secret),
  'in a form': (secret) => new URLSearchParams({ secret }).toString().slice('secret='.length),
  'in JSON': (secret) => json(secret),
  'in JSON, with escaped slashes': (secret) => json(secret).replaceAll('/', '\\/'),
  'in JSON in JSON': (secret) => json(json(secret)),
  'in Base64': (secret) => base64(secret),
  'in Base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
  'in Base64 in a URL': (secret) => encodeURIComponent(base64(secret)),
  'as our credentials': (secret) => base64(`${clientId}:${secret}`),
};

const form = fc.constantFrom(...Object.values(forms));

const secretUnits = Array.from('aZ09 "\\/%+&=:?!~\'()*-_.<>äß€');

/** Secrets whose forms differ; a word in them cannot be a part of our own text. */
const secret = fc
  .string({ unit: fc.constantFrom(...secretUnits), minLength: 6, maxLength: 60 })
  .map((text) => `Q7${text}`);

/** The text before the secret: short, or so long that the cut may fall into the secret. */
const before = fc.oneof(
  fc.constant('Header: Basic '),
  fc.integer({ min: 60, max: 128 }).map((times) => '.'.repeat(times)),
  fc.integer({ min: 1_900, max: 2_048 }).map((times) => '.'.repeat(times)),
);

const createUser = (password: string): Call => ({
  endpoint: userEndpoints.createUser,
  body: { action: 'autoCreate', user_info: { password: new GuardedString(password) } },
  why: 'create the user',
});

let server: ScriptedServer;
afterEach(() => server.close());

/** The parts of a problem that may repeat what Zoom sent, as one text. */
async function problemText(secretOfClient: string, password: string): Promise<string> {
  const client = testClient(server.url, { clientId, clientSecret: new GuardedString(secretOfClient) });
  try {
    await client.send(createUser(password), testContext());
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const { detail, errors = [], upstream } = problemOf(thrown, 'request-1');
    const texts = errors.flatMap(({ message, path }) => [path, message]);
    return [detail, upstream?.message, upstream?.trackingId, ...texts].join('\n');
  } finally {
    await client.close();
  }
  throw new Error('a success');
}

/** True when a text contains a form of the secret, or so much of its beginning that it gives it away. */
function reveals(text: string, shown: string): boolean {
  return text.includes(shown) || text.includes(`${shown.slice(0, Math.max(8, shown.length - 1))}…`);
}

const trackable = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '');

describe('a secret that Zoom repeats', () => {
  it('is masked in every form when the token endpoint repeats it', async () => {
    let said = '';
    server = await scriptedServer(
      [],
      [
        (_, response) => {
          response.writeHead(400, { 'x-zm-trackingid': trackable(said) });
          response.end(JSON.stringify({ error: 'invalid_request', reason: said }));
        },
      ],
    );
    await assertProperty(
      fc.asyncProperty(secret, form, before, async (value, encode, prefix) => {
        said = `${prefix}${encode(value)} and so on${'.'.repeat(300)}`;
        expect(reveals(await problemText(value, 'canary-password'), encode(value))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is masked in every form when a call is refused with it', async () => {
    let said = '';
    server = await scriptedServer([
      (_, response) => {
        response.writeHead(400, { 'x-zm-trackingid': trackable(said).slice(-120) });
        response.end(JSON.stringify({ code: 300, message: said, errors: [{ field: said, message: said }] }));
      },
    ]);
    await assertProperty(
      fc.asyncProperty(secret, form, before, async (value, encode, prefix) => {
        said = `${prefix}${encode(value)}`;
        expect(reveals(await problemText('canary-secret', value), encode(value))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves a few characters of Base64 that contains more than the secret', async () => {
    let said = '';
    server = await scriptedServer([
      (_, response) => {
        response.writeHead(400);
        response.end(JSON.stringify({ code: 300, message: said }));
      },
    ]);
    await assertProperty(
      fc.asyncProperty(secret, fc.integer({ min: 0, max: 7 }), async (value, more) => {
        said = base64(`${'x'.repeat(more)}${value}${'y'.repeat(more)}`);
        const kept = (await problemText('canary-secret', value)).split('\n')[1] ?? '';
        expect(kept).toContain('********');
        expect(kept.replace('********', '').length).toBeLessThanOrEqual(4 + (8 * more) / 3);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves the rest of the message, and is masked in the scopes that a refusal names', async () => {
    const json = {
      code: 4711,
      message: 'Wrong: pass-word-9. Invalid access token, does not contain scopes:[pass-word-9].',
    };
    server = await scriptedServer([{ status: 400, json }]);
    const text = await problemText('canary-secret', 'pass-word-9');
    expect(text).toContain('Wrong: ********. Invalid access token');
    expect(text).not.toContain('pass-word-9');
  });

  it.each(['the token endpoint', 'a call'])(
    'is masked when the proxy repeats its password to %s',
    async (whom) => {
      const echo: ScriptedAnswer = (request, response) => {
        const said = String(request.headers['proxy-authorization']);
        response.writeHead(407).end(JSON.stringify({ message: `${said} and canary-proxy` }));
      };
      server = await scriptedServer([echo], whom === 'a call' ? [] : [echo]);
      const proxy = server.url.replace('//', '//jill:canary-proxy@');
      const client = testClient(server.url, { proxy });
      const error: unknown = await client
        .send(createUser('canary-password'), testContext())
        .catch((e: unknown) => e);
      await client.close();
      const problem = JSON.stringify(problemOf(error, 'request-1'));
      expect(problem).toContain('Basic ******** and ********');
      expect(problem).not.toContain('canary-proxy');
    },
  );

  it('is not looked for in our own sentence when it may be a word of ours', async () => {
    server = await scriptedServer([{ status: 400, json: { code: 300, message: 'Zoom says no.' } }]);
    const text = await problemText('canary-secret', 'Zoom');
    expect(text).toContain('Zoom refused createUser (HTTP 400, code 300).');
    expect(text).toContain('******** says no.');
  });

  it('does not make a message longer', async () => {
    const message = 'a'.repeat(5_000);
    server = await scriptedServer([{ status: 400, json: { code: 300, message } }]);
    expect((await problemText('canary-secret', 'a')).length).toBeLessThan(2_400);
  });
});
