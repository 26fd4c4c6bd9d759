import { isIPv4 } from 'node:net';
import type { Finding } from '../../connid/errors.js';
import type { Rule, UnresolvedConfig } from './rule.js';

/** True if a host name or address, with or without the brackets of a URL, always means this computer. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

type ValueOf<Value> = (config: UnresolvedConfig) => Value;

/** A rule for URLs that receive credentials and appear in the log: HTTPS, and no password inside. */
function urlRule(path: string, urlOf: ValueOf<string | undefined>): Rule {
  return {
    reads: [path],
    check: (config) => {
      const url = urlOf(config);
      return url === undefined ? [] : problemsOf(new URL(url)).map((message) => ({ path, message }));
    },
  };
}

function problemsOf(url: URL): string[] {
  const problems: string[] = [];
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    problems.push('Must begin with https://; http:// is accepted for loopback hosts only.');
  }
  if (url.username !== '' || url.password !== '') {
    problems.push('Must not contain a user name or password.');
  }
  return problems;
}

/** A rule for base URLs: the connector appends paths, so they must have no query and no fragment. */
function baseUrlRule(path: string, urlOf: ValueOf<string>): Rule {
  return {
    reads: [path],
    check: (config) => (/[?#]/.test(urlOf(config)) ? [{ path, message: 'Must not contain ? or #.' }] : []),
  };
}

/** The accepted schemes of URLs that may contain a password, by JSON pointer. */
const schemes: Readonly<Record<string, readonly string[]>> = {
  '/rest/proxy': ['http:', 'https:'],
  '/state/redisUrl': ['redis:', 'rediss:'],
};

/**
 * Checks the scheme of a URL that may contain a password.
 * @param path - JSON pointer of the property. Other properties pass without a check.
 */
export function checkSecretUrl(path: string, text: string): Finding[] {
  const accepted = schemes[path];
  if (accepted === undefined) return [];
  if (URL.canParse(text) && accepted.includes(new URL(text).protocol)) return [];
  const forms = accepted.map((scheme) => `${scheme}//`).join(' or ');
  return [{ path, message: `Must be a URL that begins with ${forms}.` }];
}

function secretUrlRule(path: string, valueOf: ValueOf<unknown>): Rule {
  return {
    reads: [path],
    check: (config) => {
      const value = valueOf(config);
      return typeof value === 'string' ? checkSecretUrl(path, value) : [];
    },
  };
}

/** Rules about the addresses of other services. */
export const addressRules: readonly Rule[] = [
  urlRule('/service/serviceUrl', ({ service }) => service.serviceUrl),
  baseUrlRule('/service/serviceUrl', ({ service }) => service.serviceUrl),
  urlRule('/service/scimUrl', ({ service }) => service.scimUrl),
  baseUrlRule('/service/scimUrl', ({ service }) => service.scimUrl),
  urlRule(
    '/security/authenticator/oauth2ClientCredentials/tokenUrl',
    ({ security }) => security.authenticator.oauth2ClientCredentials.tokenUrl,
  ),
  urlRule(
    '/server/authentication/jwt/jwksUri',
    ({ server }) => server.authentication.jwt?.jwksUri ?? undefined,
  ),
  secretUrlRule('/rest/proxy', ({ rest }) => rest.proxy),
  secretUrlRule('/state/redisUrl', ({ state }) => state.redisUrl),
];
