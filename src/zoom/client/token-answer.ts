import { ConnectorError } from '../../connid/errors.js';
import { isRecord, readFault, type Answer } from './errors/answer.js';
import { upstreamOf } from './errors/failure-errors.js';
import { readRetryAfter } from './pacing/rate-answer.js';

/** An access token; times in milliseconds since the epoch. */
export interface Token {
  readonly value: string;
  readonly scopes: readonly string[];
  readonly renewAt: number;
  readonly expiresAt: number;
}

const defaultLifeMs = 3_600_000;
const shortestLifeMs = 60_000;
const longestLifeMs = 86_400_000;
const maxAheadMs = 300_000;

/** Up to 8 KiB of characters that a header may contain. Zoom's tokens have a few hundred. */
const tokenForm = /^[\x21-\x7e]{1,8192}$/;

/**
 * Reads Zoom's answer to a token request. The token is renewed before its end: by a tenth of its life, at most five
 * minutes. Source: https://developers.zoom.us/docs/internal-apps/s2s-oauth/
 * @throws ConnectorError `connectionFailed` with a hint at the mistake, `retryable` for 429.
 */
export function readToken(answer: Answer, now: number): Token {
  const body = answer.body.type === 'json' && isRecord(answer.body.value) ? answer.body.value : {};
  const value = body['access_token'];
  if (answer.status !== 200 || typeof value !== 'string' || value === '') throw tokenError(answer, body, now);
  if (!tokenForm.test(value)) throw unusableToken(answer.status);
  const lifeMs = lifeOf(body['expires_in']);
  const scope = typeof body['scope'] === 'string' ? body['scope'] : '';
  return {
    value,
    scopes: scope.split(/\s+/).filter((name) => name !== ''),
    renewAt: now + lifeMs - Math.min(lifeMs / 10, maxAheadMs),
    expiresAt: now + lifeMs,
  };
}

/** The life that `expires_in` names, in milliseconds. We believe no value below a minute and none above a day. */
function lifeOf(seconds: unknown): number {
  const lifeMs = typeof seconds === 'object' ? NaN : Number(seconds) * 1000;
  return Number.isNaN(lifeMs) ? defaultLifeMs : Math.min(longestLifeMs, Math.max(shortestLifeMs, lifeMs));
}

function unusableToken(status: number): ConnectorError {
  return new ConnectorError('connectionFailed', 'Zoom issued a token that no request can carry.', {
    hint: `It is longer than 8 KiB, or has characters that headers must not contain: check ${credentials}.tokenUrl and the proxy.`,
    upstream: { status },
  });
}

interface TokenRefusal {
  readonly codes: readonly number[];
  readonly words: RegExp;
  readonly hint: string;
}

const credentials = 'security.authenticator.oauth2ClientCredentials';

/** Meanings of the token endpoint's codes and words; the first row that fits counts. */
const refusals: readonly TokenRefusal[] = [
  {
    codes: [4717, 4738],
    words: /disabled|deactivated|not activated/i,
    hint: 'The app is switched off: activate it in the Zoom App Marketplace.',
  },
  {
    codes: [4702, 4704, 4706],
    words: /invalid_client|invalid client/i,
    hint: `Zoom does not know this client id and secret: check ${credentials}.clientId and clientSecret.`,
  },
  {
    codes: [4705],
    words: /unsupported.grant.type/i,
    hint: 'The app must be of the type "Server-to-Server OAuth".',
  },
  {
    codes: [4711],
    words: /invalid_scope|scope/i,
    hint: `Zoom does not grant ${credentials}.scope to this app.`,
  },
  { codes: [4735], words: /no longer exist/i, hint: 'The owner of the app left Zoom: create a new app.' },
  {
    codes: [4740],
    words: /too many tokens/i,
    hint: 'Other processes use up the tokens of this app; give us our own.',
  },
  {
    codes: [],
    words: /bad request|account/i,
    hint: `Zoom does not accept the account: check custom.accountId, and that the app belongs to it.`,
  },
];

const otherHint = `Check ${credentials} and custom.accountId, and that the app is activated in the Zoom App Marketplace.`;

function tokenError(answer: Answer, body: Readonly<Record<string, unknown>>, now: number): ConnectorError {
  if (answer.status === 429) return tokenLimitError(answer, now);
  if (answer.body.type !== 'json') {
    return new ConnectorError(
      'connectionFailed',
      `The token endpoint (${credentials}.tokenUrl) did not return JSON.`,
      {
        hint: `HTTP ${answer.status}; check the URL and the proxy.`,
        upstream: { status: answer.status },
      },
    );
  }
  const fault = readFault(answer);
  const words = wordsOf(body);
  const row = refusals.find(
    ({ codes, words: pattern }) => codes.includes(fault.code ?? 0) || pattern.test(words),
  );
  return new ConnectorError('connectionFailed', `Zoom issues no token (HTTP ${answer.status}).`, {
    hint: row?.hint ?? otherHint,
    upstream: upstreamOf(fault),
  });
}

function wordsOf(body: Readonly<Record<string, unknown>>): string {
  const values = ['error', 'reason', 'errorMessage', 'message'].map((name) => body[name]);
  return values.filter((value) => typeof value === 'string').join(' ');
}

function tokenLimitError(answer: Answer, now: number): ConnectorError {
  return new ConnectorError('retryable', 'Zoom refuses to issue a token for now: too many were requested.', {
    retryAfter: Math.ceil((readRetryAfter(answer.headers['retry-after'], now) ?? 1000) / 1000),
    upstream: upstreamOf(readFault(answer)),
  });
}
