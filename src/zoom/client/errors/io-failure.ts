import { isAxiosError, isCancel } from 'axios';
import type { Failure } from './answer.js';

/** Why a request came to nothing, and what to do about it. */
interface Unreachable {
  /** In words, for the host that could not be reached. */
  readonly reason: (host: string) => string;
  readonly hint: string;
}

/** Certificates that are refused: nothing was sent either. */
const certificateCodes = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

const unresolved: Unreachable = {
  reason: (host) => `the name ${host} can not be resolved`,
  hint: 'Check name resolution on this computer, and the host in the URLs of the service.',
};

const refused: Unreachable = {
  reason: (host) => `nothing answers at ${host}`,
  hint: 'Check firewall and proxy (rest.proxy), and the URLs of the service.',
};

const untrusted: Unreachable = {
  reason: (host) => `the TLS certificate of ${host} is not accepted`,
  hint: 'If a proxy on the way inspects TLS, name its authority in NODE_EXTRA_CA_CERTS; otherwise check the URLs of the service and the clock of this computer.',
};

/** Node's codes of failures that happen before a request is on its way. */
const byCode: Readonly<Record<string, Unreachable>> = {
  ENOTFOUND: unresolved,
  EAI_AGAIN: unresolved,
  ECONNREFUSED: refused,
  EHOSTUNREACH: refused,
  ENETUNREACH: refused,
  EHOSTDOWN: refused,
  ERR_INVALID_URL: { reason: () => 'its address is no URL', hint: 'Check the URLs of the service.' },
};

/** What a code of Node says of a request that surely did not reach Zoom; `undefined` when it may have. */
export function unreachable(code: string): Unreachable | undefined {
  return Object.hasOwn(byCode, code) ? byCode[code] : certificateCodes.test(code) ? untrusted : undefined;
}

/** What to do about a connection that failed when the request may have been on its way. */
export function interruptionHint(code: string): string {
  if (code === 'timeout') {
    return 'The answer took longer than rest.requestTimeoutMs. If none ever comes, check firewall and proxy (rest.proxy), and the URLs of the service.';
  }
  if (/^(EPROTO|ERR_SSL_|ERR_TLS_)/.test(code)) {
    return 'TLS failed: check that the URLs of the service name a port that speaks it, and the proxy (rest.proxy).';
  }
  return 'If it happens each time, check firewall and proxy (rest.proxy), and the URLs of the service.';
}

/**
 * What an attempt without an answer came to.
 * @param timedOut - whether our own clock ended it.
 */
export function ioFailure(thrown: unknown, timedOut: boolean): Failure {
  if (timedOut) return { type: 'io', code: 'timeout', sent: true };
  if (isCancel(thrown)) return { type: 'cancelled' };
  const code = (isAxiosError(thrown) ? thrown.code : undefined) ?? 'unknown';
  const host = hostOf(thrown);
  return { type: 'io', code, sent: unreachable(code) === undefined, ...(host !== undefined && { host }) };
}

/** The host that was tried, which may be that of a proxy; by the words of Node where it tells, else by the URL. */
function hostOf(thrown: unknown): string | undefined {
  if (!isAxiosError(thrown)) return undefined;
  const { address, hostname, port } = (thrown.cause ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof hostname === 'string') return hostname;
  if (typeof address === 'string' && typeof port === 'number') return `${address} port ${port}`;
  const url = thrown.config?.url ?? '';
  return URL.canParse(url) ? new URL(url).host : undefined;
}
