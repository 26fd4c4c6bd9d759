import { ConnectorError } from '../../connid/errors.js';
import type { Kind, Wire, WireObject, WireValue } from '../codec/wire-value.js';

/** Arguments that most operations have. */
interface ObjectArguments {
  readonly objectClass: string;
  readonly options: Wire<'OperationOptions'> | null;
}

/** Arguments of the operations on one object. */
interface AddressedArguments extends ObjectArguments {
  readonly uid: Wire<'Uid'>;
}

/** An operation that a host calls, with its arguments. */
export type OperationCall =
  | { readonly operation: 'schema' | 'test' | 'validate' }
  | (ObjectArguments & { readonly operation: 'search'; readonly filter: WireObject | null })
  | (AddressedArguments & { readonly operation: 'get' })
  | (AddressedArguments & { readonly operation: 'delete' })
  | (ObjectArguments & { readonly operation: 'create'; readonly attributes: Wire<'Set'> })
  | (AddressedArguments & {
      readonly operation: 'update' | 'addAttributeValues' | 'removeAttributeValues';
      readonly attributes: Wire<'Set'>;
    })
  | (AddressedArguments & { readonly operation: 'updateDelta'; readonly deltas: Wire<'Set'> });

type Reader = (given: Arguments) => OperationCall;

/** The methods of the operations that hosts may call: operation → method in lower case → its reader. */
const methods: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  SchemaApiOp: { schema: () => ({ operation: 'schema' }) },
  TestApiOp: { test: () => ({ operation: 'test' }) },
  ValidateApiOp: { validate: () => ({ operation: 'validate' }) },
  SearchApiOp: {
    search: (given) => ({ operation: 'search', ...given.object(2), filter: given.optional(1) }),
  },
  GetApiOp: { getobject: (given) => ({ operation: 'get', ...given.addressed(2) }) },
  CreateApiOp: {
    create: (given) => ({ operation: 'create', ...given.object(2), attributes: given.required(1, 'Set') }),
  },
  DeleteApiOp: { delete: (given) => ({ operation: 'delete', ...given.addressed(2) }) },
  UpdateApiOp: {
    update: (given) => replacing(given, 'update'),
    addattributevalues: (given) => replacing(given, 'addAttributeValues'),
    removeattributevalues: (given) => replacing(given, 'removeAttributeValues'),
  },
  UpdateDeltaApiOp: {
    updatedelta: (given) => ({
      operation: 'updateDelta',
      ...given.addressed(3),
      deltas: given.required(2, 'Set'),
    }),
  },
};

function replacing(
  given: Arguments,
  operation: 'update' | 'addAttributeValues' | 'removeAttributeValues',
): OperationCall {
  return { operation, ...given.addressed(3), attributes: given.required(2, 'Set') };
}

/**
 * Reads the operation that a request calls.
 * @throws ConnectorError `unsupported` for an operation that is never offered, `unexpected` for an unknown method,
 * `illegalArgument` for arguments that do not fit.
 */
export function readOperationCall(request: Wire<'OperationRequest'>): OperationCall {
  const { operation, operationMethodName: method } = request;
  const offered = operation !== null && Object.hasOwn(methods, operation) ? methods[operation] : undefined;
  if (offered === undefined) {
    throw new ConnectorError('unsupported', `The operation ${String(operation)} is not supported.`);
  }
  const name = method?.toLowerCase() ?? '';
  const read = Object.hasOwn(offered, name) ? offered[name] : undefined;
  if (read === undefined) throw new ConnectorError('unexpected', `${String(operation)} has no such method.`);
  return read(new Arguments(request.Arguments?.items ?? []));
}

/** The arguments of a call, in the order of the Java method. */
class Arguments {
  constructor(private readonly items: readonly WireValue[]) {}

  /** @param options - the place of the options, which is the last. */
  object(options: number): ObjectArguments {
    const { type } = this.required(0, 'ObjectClass');
    if (type === null || type === '') throw illegal(0, 'has no name');
    return { objectClass: type, options: this.optional(options, 'OperationOptions') };
  }

  addressed(options: number): AddressedArguments {
    return { ...this.object(options), uid: this.required(1, 'Uid') };
  }

  required<K extends Kind>(place: number, kind: K): Wire<K> {
    const value = this.optional(place, kind);
    if (value === null) throw illegal(place, `is missing; it is of type ${kind}`);
    return value;
  }

  optional(place: number): WireObject | null;
  optional<K extends Kind>(place: number, kind: K): Wire<K> | null;
  optional(place: number, kind?: Kind): WireObject | null {
    const value = this.items[place];
    if (value === undefined) throw illegal(place, 'is missing');
    if (value !== null && kind !== undefined && value.kind !== kind) {
      throw illegal(place, `is of type ${value.kind}, not ${kind}`);
    }
    return value;
  }
}

function illegal(place: number, what: string): ConnectorError {
  return new ConnectorError('illegalArgument', `Argument ${place + 1} of the operation ${what}.`);
}
