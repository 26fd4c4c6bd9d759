import { randomBytes } from 'node:crypto';
import type { BearerTokenConfig } from '../config/connector-config.js';
import { tokenDigest } from '../server/auth/bearer-tokens.js';
import { terminal } from './process.js';

/** `new-token NAME`: makes a bearer token and its entry for the configuration. @returns the exit code. */
export function newTokenCommand(name: string | undefined): Promise<number> {
  if (name === undefined || name.trim() === '') {
    terminal.complain('new-token needs the name of the caller, for example: new-token midpoint');
    return Promise.resolve(2);
  }
  const { entry, token } = newToken(name);
  terminal.say(`Token for the caller, shown only now:\n\n  ${token}\n`);
  terminal.say(
    `Entry for server.authentication.bearerTokens in connector.json:\n\n${JSON.stringify(entry, null, 2)}`,
  );
  return Promise.resolve(0);
}

/** A new bearer token, and its entry for the configuration. */
interface NewToken {
  /** The token for the caller. It is printed once and not stored. */
  readonly token: string;
  /** An item of `server.authentication.bearerTokens`. */
  readonly entry: BearerTokenConfig;
}

/** Makes a token for reading and writing. @param name - the caller's name in logs. */
export function newToken(name: string): NewToken {
  const token = randomBytes(32).toString('base64url');
  return { token, entry: { name, sha256: tokenDigest(token), scopes: ['read', 'write'] } };
}
