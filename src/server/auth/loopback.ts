import { isIPv4, isIPv6 } from 'node:net';

import { ConnectorError } from '../../connid/errors.js';
import { HttpProblem } from '../problem/http-problem.js';

/** True for loopback addresses and `localhost`. Other names may resolve to another computer later. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (address === 'localhost') return true;
  if (isIPv4(address)) return address.startsWith('127.');
  return isIPv6(address) && /^((0*:)*0*1|(0*:)*:?ffff:127\.[\d.]+)$/.test(address);
}

/**
 * Refuses to listen on the network without authentication.
 * @throws ConnectorError of kind `configuration` with the remedy.
 */
export function assertBindable(host: string, authenticated: boolean): void {
  if (authenticated || isLoopback(host)) return;
  throw new ConnectorError(
    'configuration',
    `Without authentication the service listens on the loopback interface only, not on ${host}.`,
    {
      hint: 'Set server.authentication.bearerTokens or server.authentication.jwt, or set server.host to 127.0.0.1.',
    },
  );
}

/**
 * Refuses calls from web pages of other sites. Without authentication, every page in a browser of this computer could
 * call the service. Browsers send the page's origin with every POST; other callers send no `Origin`.
 * @throws HttpProblem `foreignOrigin`.
 */
export function assertLocalOrigin(origin: string | undefined): void {
  if (origin === undefined) return;
  const host = URL.canParse(origin) ? new URL(origin).hostname : '';
  if (!isLoopback(host)) throw new HttpProblem('foreignOrigin');
}

/** A `Host` header: a name or an IPv4 address, or an IPv6 address in brackets; then perhaps a port. */
const hostHeader = /^(?:\[(?<bracketed>[^\]]*)\]|(?<plain>[^:[\]]*))(?::\d*)?$/;

/**
 * Refuses calls by a name that is not `localhost`. A web page can let a name of its own resolve to 127.0.0.1 and then
 * counts as a page of this service (DNS rebinding); its browser sends that name. It cannot do that with an address, so
 * probes that send the address of a pod pass.
 * @param header - `undefined` if the caller sends none; browsers always do.
 * @throws HttpProblem `foreignHost`.
 */
export function assertOwnHost(header: string | undefined): void {
  if (header === undefined) return;
  const { bracketed = '', plain = '' } = hostHeader.exec(header)?.groups ?? {};
  if (isIPv6(bracketed) || isIPv4(plain) || isLoopback(plain)) return;
  throw new HttpProblem('foreignHost');
}
