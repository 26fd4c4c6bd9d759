import { describe, expect, it } from '@jest/globals';
import { Encoder } from '../../../src/connid-server/codec/encoder.js';
import type { Wire } from '../../../src/connid-server/codec/wire-value.js';
import {
  endOfResults,
  errorResponse,
  exceptionClass,
  failurePart,
  helloResponse,
  invalidKeyAnswer,
  pause,
  resultPart,
} from '../../../src/connid-server/messages/answers.js';
import { ConnectorError, errorKinds, type ErrorKind } from '../../../src/connid/errors.js';
import { describeWithShared } from '../../support/shared.js';
import { decodeStream, recordedSessions } from '../codec/golden.js';

const uid: Wire<'Uid'> = { kind: 'Uid', uid: 'u1', revision: null, nameHint: null };

describe('a failure', () => {
  it('has the class that hosts decide by', () => {
    const classes = (Object.keys(errorKinds) as ErrorKind[]).map((kind) => [kind, exceptionClass(kind)]);
    const named = Object.fromEntries(classes) as Record<ErrorKind, string>;
    const inConnId = (name: string): string => `org.identityconnectors.framework.common.exceptions.${name}`;
    expect(named).toMatchObject({
      alreadyExists: inConnId('AlreadyExistsException'),
      unknownUid: inConnId('UnknownUidException'),
      unexpected: inConnId('ConnectorException'),
      timeout: inConnId('OperationTimeoutException'),
      retryable: inConnId('ConnectorIOException'),
      illegalArgument: 'java.lang.IllegalArgumentException',
      unsupported: 'java.lang.UnsupportedOperationException',
    });
  });

  it('says in its message what HTTP says in several members, and shows no place in a file', () => {
    const error = new ConnectorError('configuration', 'Two settings are wrong.', {
      hint: 'Correct them.',
      errors: [
        { path: '/a', message: 'a is missing.' },
        { path: '/b', message: 'b is too long.' },
      ],
      cause: new Error('canary'),
    });
    expect(failurePart(error)).toEqual({
      kind: 'OperationResponsePart',
      result: null,
      exception: {
        kind: 'RemoteWrappedException',
        class: 'org.identityconnectors.framework.common.exceptions.ConfigurationException',
        message: 'Two settings are wrong. a is missing. b is too long. Correct them.',
        RemoteWrappedException: null,
        stackTrace:
          'org.identityconnectors.framework.common.exceptions.ConfigurationException: ' +
          'Two settings are wrong. a is missing. b is too long. Correct them.',
      },
    });
  });

  it('names a finding once', () => {
    const message = 'a is missing.';
    const error = new ConnectorError('configuration', message, { errors: [{ path: '/a', message }] });
    expect(failurePart(error).exception?.message).toBe(message);
  });

  it('names what was written, the owner of a taken name, and the words of the target', () => {
    const cause = new ConnectorError('invalidAttributeValue', 'The licence is not free.');
    const error = new ConnectorError('alreadyExists', 'The call was refused.', {
      hint: 'Choose another name.',
      upstream: { status: 400, code: 300, message: 'Validation Failed.' },
      uid: 'u1',
      applied: ['DEPT'],
      notApplied: ['TYPE', 'GROUP_IDS'],
      unknown: ['LANGUAGE'],
      checks: [
        { name: 'token', ok: true, detail: 'A token was issued.' },
        { name: 'scopes', ok: false, detail: 'A scope is missing.' },
      ],
      cause,
    });
    expect(failurePart(error).exception?.message).toBe(
      'The call was refused. A scope is missing. The licence is not free. Message of the target: "Validation Failed." ' +
        'Choose another name. The uid of the object is u1. ' +
        'Applied: DEPT. Not applied: TYPE, GROUP_IDS. Perhaps applied: LANGUAGE.',
    );
  });

  it('says nothing of a cause that is no error of the connector', () => {
    const error = new ConnectorError('unexpected', 'Failed.', { cause: new Error('canary'), applied: [] });
    expect(failurePart(error).exception?.message).toBe('Failed.');
  });

  it('of a request that cannot be decoded is a plain exception', () => {
    expect(errorResponse('Undeclared code: 7')).toEqual({
      kind: 'ErrorResponse',
      exception: { kind: 'ConnectorException', message: 'Undeclared code: 7' },
    });
  });
});

describe('a wrong key', () => {
  it('is answered by the message that belongs to the request', () => {
    const echo = { kind: 'EchoMessage', value: uid, objectXml: null } as const;
    expect(invalidKeyAnswer(echo)).toMatchObject({
      kind: 'EchoMessage',
      value: { kind: 'InvalidCredentialException' },
    });
    expect(invalidKeyAnswer(uid)).toBeUndefined();
  });
});

describeWithShared('recorded answers', () => {
  const stream = (name: string): Buffer => {
    const session = recordedSessions().find((each) => each.name === `tirasa-1.6.1.1/${name}`);
    return session?.fromServer ?? Buffer.alloc(0);
  };

  it('to Hello with a wrong key are the same bytes', () => {
    const answer = invalidKeyAnswer({ kind: 'HelloRequest', infoLevel: 20 }) ?? null;
    expect(Buffer.from(new Encoder().encode(answer)).equals(stream('04-hello-badkey'))).toBe(true);
  });

  it('to Hello have the parts that the host asked for', () => {
    const [serverInfo] = decodeStream(stream('02-hello-serverinfo')) as [Wire<'HelloResponse'>];
    const start = serverInfo.serverInfoMap?.items[0]?.value as Wire<'Long'>;
    expect(helloResponse({ startedAt: Number(start.value) })).toEqual(serverInfo);
    const [keyList] = decodeStream(stream('03-hello-keylist')) as [Wire<'HelloResponse'>];
    expect(helloResponse({ keys: keyList.ConnectorKeys?.items as Wire<'ConnectorKey'>[] })).toEqual(keyList);
  });

  it('to a search end with an end and a part', () => {
    const messages = decodeStream(stream('28-search-500-stop-at-5'));
    expect(messages[200]).toEqual(pause);
    expect(messages.slice(-2)).toEqual([endOfResults, resultPart(null)]);
  });

  it('that are failures have our form', () => {
    const [recorded] = decodeStream(stream('16-create-already-exists')) as [Wire<'OperationResponsePart'>];
    const message = recorded.exception?.message ?? '';
    const { exception, ...part } = failurePart(new ConnectorError('alreadyExists', message));
    expect({ ...part, exception: { ...exception, stackTrace: '' } }).toEqual({
      ...recorded,
      exception: { ...recorded.exception, stackTrace: '' },
    });
  });
});
