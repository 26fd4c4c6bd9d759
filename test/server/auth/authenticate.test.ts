import { describe, expect, it } from '@jest/globals';

import { authenticate, authorise } from '../../../src/server/auth/authenticate.js';
import { bearerTokenVerifier, tokenDigest } from '../../../src/server/auth/bearer-tokens.js';
import { HttpProblem } from '../../../src/server/problem/http-problem.js';

const verifiers = [
  bearerTokenVerifier([
    { name: 'reader', sha256: tokenDigest('token-r'), scopes: ['read'] },
    { name: 'broken', sha256: 'abc', scopes: ['admin'] },
    { name: 'writer', sha256: tokenDigest('token-w').toUpperCase(), scopes: ['write'] },
  ]),
  (token: string) => Promise.resolve(token === 'jwt' ? { name: 'jwt', scopes: [] } : undefined),
];

async function refusal(header: string | undefined): Promise<HttpProblem> {
  const thrown: unknown = await authenticate(header, verifiers).catch((error: unknown) => error);
  if (thrown instanceof HttpProblem) return thrown;
  throw new Error('The header was accepted.');
}

describe('authenticate', () => {
  it.each([
    ['Bearer token-r', 'reader'],
    ['bearer  token-w', 'writer'],
    ['Bearer jwt', 'jwt'],
  ])('knows the sender of %s', async (header, name) => {
    expect(await authenticate(header, verifiers)).toMatchObject({ name });
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Basic dG9rZW4tcg==',
    'Bearer token-r token-w',
    `Bearer ${'a'.repeat(9000)}`,
  ])('asks for a token after %s', async (header) => {
    const { problem, details } = await refusal(header);
    expect(problem).toBe('unauthorized');
    expect(details.headers).toEqual({ 'WWW-Authenticate': 'Bearer realm="zoom-identity-connector"' });
  });

  it('says that an unknown token is invalid, without repeating it', async () => {
    const { message, details } = await refusal('Bearer token-x');
    expect(details.headers?.['WWW-Authenticate']).toContain('error="invalid_token"');
    expect(message).not.toContain('token-x');
  });
});

describe('authorise', () => {
  const reader = { name: 'reader', scopes: ['read'] } as const;

  it('lets pass whoever has the scope', () => {
    expect(() => authorise('read', reader)).not.toThrow();
    expect(() => authorise('anyToken', reader)).not.toThrow();
    expect(() => authorise('open', reader)).not.toThrow();
  });

  it('lets everybody pass when the service runs without authentication', () => {
    expect(() => authorise('admin', undefined)).not.toThrow();
  });

  it('names the scope that is missing; no scope includes another', () => {
    expect(() => authorise('write', reader)).toThrow('"write"');
    expect(() => authorise('read', { name: 'admin', scopes: ['admin', 'write'] })).toThrow('"read"');
  });
});
