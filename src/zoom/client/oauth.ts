import type { ClientDependencies, ZoomClientOptions } from './options.js';
import { tokenRequest } from './token-request.js';
import { createTokenSource, type TokenSource } from './token-source.js';
import { createTransport } from './transport.js';

/** The OAuth tokens of one application, and the connections they are fetched over. */
export interface OAuth {
  readonly tokens: TokenSource;
  close(): void;
}

/** Tokens for the application that the options name, fetched when somebody needs one. */
export function createOAuth(options: ZoomClientOptions, dependencies: ClientDependencies): OAuth {
  const transport = createTransport(options.proxy);
  return {
    tokens: createTokenSource(tokenRequest(options, dependencies, transport), dependencies.clock),
    close: () => transport.close(),
  };
}

/** Clients whose options agree in this may share their tokens. */
export function oauthKey(options: ZoomClientOptions): string {
  const { accountId, clientId, clientSecret, ioErrorRetries, proxy, requestTimeoutMs, scope, tokenUrl } =
    options;
  const application = [tokenUrl, accountId, clientId, clientSecret.reveal(), scope];
  return JSON.stringify([...application, proxy, requestTimeoutMs, ioErrorRetries]);
}
