import type { Finding } from '../../connid/errors.js';
import { isLoopbackHost } from './addresses.js';
import type { Rule } from './rule.js';

const credentials = '/security/authenticator/oauth2ClientCredentials';

const required: Rule = {
  reads: [
    '/service/target',
    '/service/api',
    '/security/scim/bearerToken',
    '/custom/accountId',
    `${credentials}/clientId`,
    `${credentials}/clientSecret`,
  ],
  check: ({ service, custom, security }) => {
    const { clientId, clientSecret } = security.authenticator.oauth2ClientCredentials;
    const scimAlone = service.api === 'scim' && security.scim.bearerToken !== null && clientId === null;
    if (service.target !== 'zoom' || scimAlone) return [];
    return [
      ...missing('/custom/accountId', custom.accountId),
      ...missing(`${credentials}/clientId`, clientId),
      ...missing(`${credentials}/clientSecret`, clientSecret),
    ];
  },
};

function missing(path: string, value: unknown): Finding[] {
  return value === null ? [{ path, message: 'Is required when "service.target" is "zoom".' }] : [];
}

const remoteSimulator: Rule = {
  reads: ['/service/target', '/server/host', '/simulator/allowRemote'],
  check: ({ service, server, simulator }) => {
    if (service.target !== 'simulator' || simulator.allowRemote || isLoopbackHost(server.host)) return [];
    const message =
      'The simulator is served on loopback addresses only. ' +
      'Listen on 127.0.0.1, or set "simulator.allowRemote" if others are meant to reach it.';
    return [{ path: '/server/host', message }];
  },
};

const openToTheNetwork: Rule = {
  reads: ['/server/host', '/server/authentication/bearerTokens', '/server/authentication/jwt'],
  check: ({ server }) => {
    const { bearerTokens, jwt } = server.authentication;
    if (isLoopbackHost(server.host) || bearerTokens.length > 0 || jwt !== null) return [];
    const message =
      'Without authentication the service listens on loopback addresses only. ' +
      'Add an entry to "server.authentication.bearerTokens" (the command new-token makes one).';
    return [{ path: '/server/host', message }];
  },
};

const keysOfJwt: Rule = {
  reads: ['/server/authentication/jwt'],
  check: ({ server }) => {
    const { jwt } = server.authentication;
    if (jwt === null || (jwt.jwksUri === null) !== (jwt.jwksFile === null)) return [];
    const message = 'Must have either "jwksUri" or "jwksFile".';
    return [{ path: '/server/authentication/jwt', message }];
  },
};

/** Rules about access to the service, and about the credentials for Zoom. */
export const accessRules: readonly Rule[] = [required, remoteSimulator, openToTheNetwork, keysOfJwt];
