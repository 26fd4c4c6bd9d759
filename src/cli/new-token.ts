import { newToken } from '../config/commands.js';
import { terminal } from './terminal.js';

/** `new-token NAME`: makes a bearer token and the entry that admits it. @returns the exit code. */
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
