import { ConnectorError, type ErrorDetails, type ErrorKind, errorKinds } from '../../connid/errors.js';
import type { Wire, WireObject, WireValue } from '../codec/wire-value.js';

const connIdPackage = 'org.identityconnectors.framework.common.exceptions';

/** Kinds whose exception is not one of ConnId's, or cannot be one for a host at a distance. */
const otherClasses: Partial<Readonly<Record<ErrorKind, string>>> = {
  illegalArgument: 'java.lang.IllegalArgumentException',
  unsupported: 'java.lang.UnsupportedOperationException',
  // Hosts create the exception by its class name, and RetryableException has no constructor for that.
  retryable: `${connIdPackage}.ConnectorIOException`,
};

/** The Java class of an error's exception, by which hosts decide what they do. */
export function exceptionClass(kind: ErrorKind): string {
  return otherClasses[kind] ?? `${connIdPackage}.${errorKinds[kind].exception}`;
}

/** An object of a search, or the result of an operation. */
export function resultPart(result: WireValue): Wire<'OperationResponsePart'> {
  return { kind: 'OperationResponsePart', exception: null, result };
}

/** The failure of an operation. Java prints `stackTrace` in place of its own trace, so it repeats the message. */
export function failurePart(error: ConnectorError): Wire<'OperationResponsePart'> {
  const className = exceptionClass(error.kind);
  const message = messageOf(error);
  return {
    kind: 'OperationResponsePart',
    exception: {
      kind: 'RemoteWrappedException',
      class: className,
      message,
      RemoteWrappedException: null,
      stackTrace: `${className}: ${message}`,
    },
    result: null,
  };
}

/** Asks the host to continue or to stop. */
export const pause: Wire<'OperationResponsePause'> = { kind: 'OperationResponsePause' };

/** The end of the objects of a search that succeeded. */
export const endOfResults: Wire<'OperationResponseEnd'> = { kind: 'OperationResponseEnd' };

/** The answer to a request that cannot be decoded. */
export function errorResponse(message: string): Wire<'ErrorResponse'> {
  return { kind: 'ErrorResponse', exception: { kind: 'ConnectorException', message } };
}

/** The parts of an answer to Hello. */
export interface HelloParts {
  /** The parts that the host did not ask for are left out. */
  readonly startedAt?: number;
  readonly infos?: readonly Wire<'ConnectorInfo'>[];
  readonly keys?: readonly Wire<'ConnectorKey'>[];
}

export function helloResponse({ startedAt, infos = [], keys = [] }: HelloParts): Wire<'HelloResponse'> {
  const start: Wire<'MapEntry'>[] =
    startedAt === undefined
      ? []
      : [
          {
            kind: 'MapEntry',
            key: { kind: 'String', value: 'SERVER_START_TIME' },
            value: { kind: 'Long', value: BigInt(startedAt) },
          },
        ];
  return {
    kind: 'HelloResponse',
    exception: null,
    serverInfoMap: { kind: 'Map', caseInsensitive: false, items: start },
    ConnectorInfos: { kind: 'List', items: infos },
    ConnectorKeys: { kind: 'List', items: keys },
  };
}

const invalidKey = 'Remote framework key is invalid.';

/** The answer to a request whose key is wrong; `undefined` if the message is no request. */
export function invalidKeyAnswer(request: WireObject): WireObject | undefined {
  const exception = { kind: 'InvalidCredentialException', message: invalidKey } as const;
  if (request.kind === 'HelloRequest') return { ...helloResponse({}), exception };
  if (request.kind === 'EchoMessage') return { kind: 'EchoMessage', value: exception, objectXml: null };
  if (request.kind !== 'OperationRequest') return undefined;
  const className = `${connIdPackage}.InvalidCredentialException`;
  return {
    ...resultPart(null),
    exception: {
      kind: 'RemoteWrappedException',
      class: className,
      message: invalidKey,
      RemoteWrappedException: null,
      stackTrace: `${className}: ${invalidKey}`,
    },
  };
}

/** The error in one text, with everything that HTTP has in members of their own: hosts show nothing else. */
function messageOf({ message, details }: ConnectorError): string {
  const { cause, checks = [], errors = [], hint, uid, upstream } = details;
  const targetSays = upstream?.message === undefined ? [] : [`Message of the target: "${upstream.message}"`];
  const reason = cause instanceof ConnectorError ? [cause.message] : [];
  const failedChecks = checks.filter(({ ok }) => !ok).map(({ detail }) => detail);
  const findings = [...errors.map((finding) => finding.message), ...failedChecks, ...reason, ...targetSays];
  const news = [...new Set(findings)].filter((finding) => !message.includes(finding));
  const owner = uid === undefined || message.includes(uid) ? [] : [`The uid of the object is ${uid}.`];
  return [message, ...news, ...(hint === undefined ? [] : [hint]), ...owner, ...extentOf(details)].join(' ');
}

/** Says which attributes of a write that failed were written. */
function extentOf({ applied, notApplied, unknown }: ErrorDetails): readonly string[] {
  const rows = [
    ['Applied', applied],
    ['Not applied', notApplied],
    ['Perhaps applied', unknown],
  ] as const;
  return rows.flatMap(([extent, names = []]) =>
    names.length === 0 ? [] : [`${extent}: ${names.join(', ')}.`],
  );
}
