/** Why a request could not be sent, in words, and what to do about it. */
export interface Unreachable {
  readonly reason: string;
  readonly hint: string;
}

/** Certificates that are refused: nothing was sent either. */
const certificateCodes = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

const unresolved: Unreachable = {
  reason: 'the name of its host can not be resolved',
  hint: 'Check name resolution on this computer, and the host in the URLs of the service.',
};

const refused: Unreachable = {
  reason: 'nothing answers at its address',
  hint: 'Check firewall and proxy (rest.proxy), and the URLs of the service.',
};

const untrusted: Unreachable = {
  reason: 'its TLS certificate is not accepted',
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
  ERR_INVALID_URL: { reason: 'its address is no URL', hint: 'Check the URLs of the service.' },
};

/** What a code of Node says of a request that surely did not reach Zoom; `undefined` when it may have. */
export function unreachable(code: string): Unreachable | undefined {
  return Object.hasOwn(byCode, code) ? byCode[code] : certificateCodes.test(code) ? untrusted : undefined;
}
