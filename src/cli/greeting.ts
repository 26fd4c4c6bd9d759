import type { ConnectorConfig } from '../config/connector-config.js';
import { plainName } from '../config/accounts.js';
import { type StartedService, targetText } from './lifecycle.js';
import { terminal } from './process.js';

/**
 * Prints for people that the service listens, and commands to try. If a program reads standard output, it gets the
 * start record only.
 * @param always - print even if standard output is not a terminal; the text then goes to standard error.
 */
export function greet({ accounts, targets, url }: StartedService, always: boolean): void {
  if (!terminal.isInteractive() && !always) return;
  const say = terminal.isInteractive() ? terminal.say : terminal.complain;
  say(`listening on ${url}\n${targetText(targets)}`);
  for (const [name, config] of accounts) {
    if (!isForTrials(config)) continue;
    const base = name === plainName ? `${url}/v1` : `${url}/v1/connectors/${name}`;
    say(`\n${examples(base, config.service.api)}`);
    // One is enough to see how it goes.
    return;
  }
}

/** True if the example commands work: they contain no token, and must not write to a real account. */
function isForTrials({ server: { authentication, tls }, service }: ConnectorConfig): boolean {
  return (
    service.target === 'simulator' &&
    tls === null &&
    authentication.bearerTokens.length === 0 &&
    authentication.jwt === null
  );
}

/** Attributes with which a create makes an active user. Over SCIM users sign on by SSO and have no password. */
const logins = {
  rest: { CREATE_ACTION: 'autoCreate', PASSWORD: 'Change-me-2-day' },
  scim: { CREATE_ACTION: 'ssoCreate' },
} as const;

/** The commands to try first, as text. @param base - URL of the operations. */
export function examples(base: string, api: keyof typeof logins): string {
  const post = (operation: string, body: object) =>
    `curl -s ${base}/${operation} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
  const name = 'ann.doe@example.com';
  return [
    'List users, create one, rename it:',
    post('search', { objectClass: 'ZoomUser', options: { attributesToGet: ['FIRST_NAME', 'STATUS'] } }),
    post('create', {
      objectClass: 'ZoomUser',
      attributes: { __NAME__: name, FIRST_NAME: 'Ann', LAST_NAME: 'Doe', ...logins[api] },
    }),
    post('update-delta', {
      objectClass: 'ZoomUser',
      uid: name,
      deltas: [{ name: 'LAST_NAME', valuesToReplace: ['Roe'] }],
    }),
  ].join('\n');
}
