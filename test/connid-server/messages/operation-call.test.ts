import { describe, expect, it } from '@jest/globals';
import type { Wire, WireValue } from '../../../src/connid-server/codec/wire-value.js';
import { readOperationCall } from '../../../src/connid-server/messages/operation-call.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import { describeWithShared } from '../../support/shared.js';
import { decodeStream, recordedSessions } from '../codec/golden.js';

const objectClass: WireValue = { kind: 'ObjectClass', type: 'ZoomUser' };
const uid: Wire<'Uid'> = { kind: 'Uid', uid: 'u1', revision: null, nameHint: null };
const set: Wire<'Set'> = { kind: 'Set', caseInsensitive: false, items: [] };
const options: Wire<'OperationOptions'> = { kind: 'OperationOptions', options: null };

type Operation = Wire<'OperationRequest'>['operation'];

function request(operation: Operation, method: string, ...args: WireValue[]): Wire<'OperationRequest'> {
  return {
    kind: 'OperationRequest',
    operation,
    operationMethodName: method,
    ConnectorKey: null,
    connectorFacadeKey: '',
    Arguments: { kind: 'List', items: args },
  };
}

function refusal(...[operation, method, ...args]: Parameters<typeof request>): [string, string] {
  try {
    readOperationCall(request(operation, method, ...args));
  } catch (error) {
    if (error instanceof ConnectorError) return [error.kind, error.message];
  }
  return ['accepted', ''];
}

describe('the call of an operation', () => {
  it.each<[Operation, string, WireValue[], object]>([
    ['SchemaApiOp', 'schema', [], { operation: 'schema' }],
    ['TestApiOp', 'test', [], { operation: 'test' }],
    ['ValidateApiOp', 'validate', [], { operation: 'validate' }],
    [
      'SearchApiOp',
      'search',
      [objectClass, null, null],
      { operation: 'search', filter: null, options: null },
    ],
    ['SearchApiOp', 'search', [objectClass, uid, options], { operation: 'search', filter: uid, options }],
    ['GetApiOp', 'getObject', [objectClass, uid, null], { operation: 'get', uid }],
    ['CreateApiOp', 'create', [objectClass, set, null], { operation: 'create', attributes: set }],
    ['DeleteApiOp', 'delete', [objectClass, uid, null], { operation: 'delete', uid }],
    [
      'UpdateApiOp',
      'update',
      [objectClass, uid, set, options],
      { operation: 'update', uid, attributes: set, options },
    ],
    ['UpdateApiOp', 'ADDATTRIBUTEVALUES', [objectClass, uid, set, null], { operation: 'addAttributeValues' }],
    [
      'UpdateApiOp',
      'removeAttributeValues',
      [objectClass, uid, set, null],
      { operation: 'removeAttributeValues' },
    ],
    [
      'UpdateDeltaApiOp',
      'updateDelta',
      [objectClass, uid, set, null],
      { operation: 'updateDelta', deltas: set },
    ],
  ])('%s.%s', (operation, method, args, expected) => {
    const named = args.length > 0 ? { objectClass: 'ZoomUser' } : {};
    expect(readOperationCall(request(operation, method, ...args))).toMatchObject({ ...named, ...expected });
  });

  it('is refused for operations that are not offered, and for methods that do not exist', () => {
    expect(refusal('SyncApiOp', 'sync')[0]).toBe('unsupported');
    expect(refusal(null, 'search')[0]).toBe('unsupported');
    expect(refusal('SchemaApiOp', 'constructor')[0]).toBe('unexpected');
    expect(refusal('GetApiOp', 'search')[0]).toBe('unexpected');
  });

  it.each<[string, WireValue[], string]>([
    ['missing arguments', [objectClass], 'Argument 3 of the operation is missing.'],
    [
      'no object class',
      [null, uid, null],
      'Argument 1 of the operation is missing; it is of type ObjectClass.',
    ],
    [
      'an object class without a name',
      [{ kind: 'ObjectClass', type: null }, uid, null],
      'Argument 1 of the operation has no name.',
    ],
    ['no uid', [objectClass, null, null], 'Argument 2 of the operation is missing; it is of type Uid.'],
    [
      'an argument of another type',
      [objectClass, set, null],
      'Argument 2 of the operation is of type Set, not Uid.',
    ],
    [
      'other options',
      [objectClass, uid, set],
      'Argument 3 of the operation is of type Set, not OperationOptions.',
    ],
  ])('is refused with %s', (_title, args, message) => {
    expect(refusal('DeleteApiOp', 'delete', ...args)).toEqual(['illegalArgument', message]);
  });
});

describeWithShared('recorded calls', () => {
  it('are read', () => {
    const calls = recordedSessions()
      .flatMap(({ fromClient }) => decodeStream(fromClient))
      .filter((message) => message?.kind === 'OperationRequest')
      .filter(({ operation }) => !/Sync|Script|Authentication/.test(String(operation)))
      .map((message) => readOperationCall(message).operation);
    expect(new Set(calls)).toEqual(
      new Set(['validate', 'test', 'schema', 'search', 'get', 'create', 'updateDelta', 'delete']),
    );
  });
});
