import { isAxiosError, isCancel } from 'axios';
import type { Failure } from './answer.js';

/** A reason why a request did not reach Zoom, and a hint. */
interface Unreachable {
  /** The reason, for the host that we could not reach. */
  readonly reason: (host: string) => string;
  readonly hint: string;
}

/** Node's codes for refused certificates: then nothing was sent. */
const certificateCodes = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

const unresolved: Unreachable = {
  reason: (host) => `the name ${host} cannot be resolved`,
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

/** Node's codes of failures before a request is sent. */
const byCode: Readonly<Record<string, Unreachable>> = {
  ENOTFOUND: unresolved,
  EAI_AGAIN: unresolved,
  ECONNREFUSED: refused,
  EHOSTUNREACH: refused,
  ENETUNREACH: refused,
  EHOSTDOWN: refused,
  ERR_INVALID_URL: { reason: () => 'its address is no URL', hint: 'Check the URLs of the service.' },
};

/** The reason why a request surely did not reach Zoom, by Node's code; `undefined` when it may have. */
export function unreachable(code: string): Unreachable | undefined {
  return Object.hasOwn(byCode, code) ? byCode[code] : certificateCodes.test(code) ? untrusted : undefined;
}

/** A hint for a connection that failed when the request may have been sent. */
export function interruptionHint(code: string): string {
  if (code === 'timeout') {
    return 'The answer took longer than rest.requestTimeoutMs, or had no room in rest.maxAnswerBytes. If none ever comes, check firewall and proxy (rest.proxy), and the URLs of the service.';
  }
  if (/^(EPROTO|ERR_SSL_|ERR_TLS_)/.test(code)) {
    return 'TLS failed: check that the URLs of the service name a port that speaks it, and the proxy (rest.proxy).';
  }
  return 'If it happens each time, check firewall and proxy (rest.proxy), and the URLs of the service.';
}

/**
 * The failure of an attempt without an answer.
 * @param timedOut - true when our own clock ended it.
 */
export function ioFailure(thrown: unknown, timedOut: boolean): Failure {
  if (timedOut) return { type: 'io', code: 'timeout', sent: true };
  if (isCancel(thrown)) return { type: 'cancelled' };
  const code = (isAxiosError(thrown) ? thrown.code : undefined) ?? 'unknown';
  const host = hostOf(thrown);
  return { type: 'io', code, sent: unreachable(code) === undefined, ...(host !== undefined && { host }) };
}

/** The host that we tried, which may be a proxy: from Node's error if it names one, otherwise from the URL. */
function hostOf(thrown: unknown): string | undefined {
  if (!isAxiosError(thrown)) return undefined;
  const { address, hostname, port } = (thrown.cause ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof hostname === 'string') return hostname;
  if (typeof address === 'string' && typeof port === 'number') return `${address} port ${port}`;
  const url = thrown.config?.url ?? '';
  return URL.canParse(url) ? new URL(url).host : undefined;
}
