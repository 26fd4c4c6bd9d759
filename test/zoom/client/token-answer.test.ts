import { describe, expect, it } from '@jest/globals';
import { ConnectorError } from '../../../src/connid/errors.js';
import { readBody } from '../../../src/zoom/client/errors/json-body.js';
import { readToken, type Token } from '../../../src/zoom/client/token-answer.js';

const read = (status: number, body: unknown, headers = {}): Token => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readToken({ status, headers, body: readBody(text) }, 0);
};
const refusal = (status: number, body: unknown, headers = {}): ConnectorError => {
  try {
    read(status, body, headers);
  } catch (error) {
    if (error instanceof ConnectorError) return error;
  }
  throw new Error('no refusal');
};

describe('answers of the token endpoint', () => {
  it.each([
    [3600, 3_300_000],
    [3599, 3_299_000],
    [60, 54_000],
    ['600', 540_000],
    [undefined, 3_300_000],
    [null, 3_300_000],
    ['soon', 3_300_000],
    [[], 3_300_000],
    [{ a: 1 }, 3_300_000],
    [0, 54_000],
    [-5, 54_000],
    [0.001, 54_000],
    [1e12, 86_100_000],
    ['1e999', 86_100_000],
  ])('a token that lives %s seconds is renewed after %i ms', (expires_in, renewAt) => {
    expect(read(200, { access_token: 't', expires_in }).renewAt).toBeCloseTo(renewAt);
  });

  it('believes a day of a token that lives for ever', () => {
    const token = read(200, '{"access_token":"t","expires_in":1e999}');
    expect(token).toMatchObject({ renewAt: 86_100_000, expiresAt: 86_400_000 });
    expect(read(200, `{"access_token":"t","expires_in":1${'0'.repeat(400)}}`).expiresAt).toBe(86_400_000);
  });

  it('takes a token of 8 KiB and refuses a longer one', () => {
    expect(read(200, { access_token: 't'.repeat(8_192) }).value).toHaveLength(8_192);
    const error = refusal(200, { access_token: 't'.repeat(8_193) });
    expect(error).toMatchObject({ kind: 'connectionFailed', details: { upstream: { status: 200 } } });
    expect(JSON.stringify(error.details).length).toBeLessThan(1_000);
  });

  it.each(['a b', 'a\nb', 'ä', '\u0000', '…'])('refuses the token %j, which no header can carry', (value) => {
    expect(refusal(200, { access_token: value }).kind).toBe('connectionFailed');
  });

  it('splits the scopes', () => {
    expect(read(200, { access_token: 't', scope: 'a:b  c:d' }).scopes).toEqual(['a:b', 'c:d']);
    expect(read(200, { access_token: 't' }).scopes).toEqual([]);
  });

  it.each([
    [400, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }, 'clientId'],
    [401, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }, 'clientId'],
    [400, { status: false, errorCode: 4702, errorMessage: 'Invalid client_id: x' }, 'clientId'],
    [400, { reason: 'Bad Request', error: 'invalid_request' }, 'accountId'],
    [400, { reason: 'unsupported grant type', error: 'unsupported_grant_type' }, 'Server-to-Server'],
    [400, { reason: 'The app has been disabled', error: 'invalid_request' }, 'activate'],
    [400, { code: 4738, message: 'x' }, 'activate'],
    [400, { code: 4711, message: 'x' }, 'scope'],
    [400, { reason: 'Invalid Token!', error: 'invalid_grant' }, 'activated'],
    [404, '<html>', 'HTTP 404'],
    [200, { nothing: true }, 'activated'],
  ])('%i %j says what to correct', (status, body, hint) => {
    const error = refusal(status, body);
    expect(error.kind).toBe('connectionFailed');
    expect(error.details.hint).toContain(hint);
    expect(error.details.upstream?.status).toBe(status);
  });

  it('passes on when to ask again', () => {
    const error = refusal(429, { code: 429, message: 'x' }, { 'retry-after': '7' });
    expect(error).toMatchObject({ kind: 'retryable', details: { retryAfter: 7 } });
  });
});
