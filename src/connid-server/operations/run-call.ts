import { ConnectorError } from '../../connid/errors.js';
import type { Connector, ConnectorObject, SearchResult, Warning } from '../../connector/connector.js';
import type { OperationContext } from '../../connector/context.js';
import type { Wire, WireObject, WireValue } from '../codec/wire-value.js';
import { filterTree } from '../mapping/filter.js';
import { ObjectForm, searchResult, uidOf } from '../mapping/objects.js';
import { givenOptions } from '../mapping/options.js';
import {
  createAttributes,
  givenDeltas,
  givenUid,
  partialDeltas,
  replacingDeltas,
} from '../mapping/requests.js';
import { schemaForm } from '../mapping/schema.js';
import type { OperationCall } from '../messages/operation-call.js';

/** A connector, and what a host calls its classes. */
export interface CalledConnector {
  readonly connector: Connector;
  /** Further names of object classes: name → class. */
  readonly classAliases: Readonly<Record<string, string>>;
  /** Takes the warnings of a write. The protocol has no place for them. */
  readonly warned?: (warnings: readonly Warning[]) => void;
}

type CallOf<O extends OperationCall['operation']> = Extract<OperationCall, { readonly operation: O }>;
type AddressedCall = Extract<OperationCall, { readonly uid: unknown }>;
type UpdateCall = Exclude<AddressedCall, CallOf<'get'> | CallOf<'delete'>>;

/**
 * Runs an operation that a host calls. Only a search yields something: its objects, and the search result where the host
 * expects it among them.
 * @returns the result of the operation.
 */
export async function* runCall(
  called: CalledConnector,
  call: OperationCall,
  context: OperationContext,
): AsyncGenerator<WireObject, WireValue, void> {
  const { connector } = called;
  switch (call.operation) {
    case 'schema':
      return schemaForm(connector.schema());
    case 'test':
      await connector.test(context);
      return null;
    case 'validate':
      return null;
    case 'search':
      return yield* search(called, call, context);
    case 'get':
      return get(called, call, context);
    case 'create':
      return create(called, call, context);
    case 'delete':
      await connector.delete({ ...addressed(called, call), tolerant: true }, context);
      return null;
    default:
      return update(called, call, context);
  }
}

/** The parts of a call that may be logged once they are masked: class, uid and names of attributes. */
export function loggedRequest(called: CalledConnector, call: OperationCall): object {
  if (!('objectClass' in call)) return {};
  const objectClass = className(called, call.objectClass);
  if (call.operation === 'create') return { objectClass, attributes: createAttributes(call.attributes) };
  if (!('uid' in call)) return { objectClass };
  const { uid } = givenUid(call.uid);
  const isUpdate = 'attributes' in call || 'deltas' in call;
  return { objectClass, uid, ...(isUpdate && { deltas: deltasOf(call) }) };
}

function className({ classAliases }: CalledConnector, name: string): string {
  const alias = Object.keys(classAliases).find((each) => each.toLowerCase() === name.toLowerCase());
  return alias === undefined ? name : (classAliases[alias] ?? name);
}

function addressed(called: CalledConnector, call: AddressedCall) {
  return { objectClass: className(called, call.objectClass), ...givenUid(call.uid) };
}

async function* search(
  called: CalledConnector,
  call: CallOf<'search'>,
  context: OperationContext,
): AsyncGenerator<WireObject, Wire<'SearchResult'>, void> {
  const { connector } = called;
  const objectClass = className(called, call.objectClass);
  const options = givenOptions(call.options);
  const form = new ObjectForm(connector.schema(objectClass), call.objectClass);
  const filter = call.filter === null ? {} : { filter: filterTree(call.filter) };
  const found = connector.search({ objectClass, ...filter, options, tolerant: true }, context);
  const result = searchResult(yield* inForm(form, found));
  if (expectsResult(options)) yield result;
  return result;
}

/** Argument for `return()` of a search, which requires a result. It is never read. */
const unused: SearchResult = {
  pagedResultsCookie: null,
  remainingPagedResults: -1,
  allResultsReturned: true,
};

/** The objects of a search as the host reads them. A host that stops ends the calls to the target. */
async function* inForm(
  form: ObjectForm,
  found: AsyncGenerator<ConnectorObject, SearchResult, void>,
): AsyncGenerator<WireObject, SearchResult, void> {
  try {
    for (;;) {
      const step = await found.next();
      if (step.done === true) return step.value;
      yield form.object(step.value);
    }
  } finally {
    // The search has ended, whatever its end says.
    await found.return(unused).catch(() => undefined);
  }
}

/**
 * True for hosts that look for the search result among the objects. The others fail when they find it there: they page
 * by offset, or allow partial values of attributes.
 */
function expectsResult(options: Readonly<Record<string, unknown>>): boolean {
  const { allowPartialAttributeValues, pagedResultsCookie, pagedResultsOffset, pageSize } = options;
  const isPaged = Number(pageSize ?? 0) > 0 || pagedResultsCookie !== undefined;
  return isPaged && Number(pagedResultsOffset ?? 0) < 1 && allowPartialAttributeValues !== true;
}

/** An object that does not exist is no error. */
async function get(
  called: CalledConnector,
  call: CallOf<'get'>,
  context: OperationContext,
): Promise<WireValue> {
  const { connector } = called;
  const request = {
    ...addressed(called, call),
    options: givenOptions(call.options),
    tolerant: true,
  } as const;
  try {
    const object = await connector.get(request, context);
    return new ObjectForm(connector.schema(request.objectClass), call.objectClass).object(object);
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'unknownUid') return null;
    throw thrown;
  }
}

async function create(
  called: CalledConnector,
  { attributes, objectClass: name, options }: CallOf<'create'>,
  context: OperationContext,
): Promise<Wire<'Uid'>> {
  const { uid, warnings } = await called.connector.create(
    {
      objectClass: className(called, name),
      attributes: createAttributes(attributes),
      options: givenOptions(options),
      tolerant: true,
    },
    context,
  );
  called.warned?.(warnings);
  return uidOf(uid);
}

/** Every update is one of deltas. UpdateDelta returns its side effects, the others the uid that the object then has. */
async function update(
  called: CalledConnector,
  call: UpdateCall,
  context: OperationContext,
): Promise<WireValue> {
  const { connector } = called;
  const address = addressed(called, call);
  const request = { ...address, deltas: deltasOf(call), options: givenOptions(call.options) };
  const allMapped = call.operation === 'update' && { allMapped: true as const };
  const { sideEffects, warnings } = await connector.updateDelta(
    { ...request, ...allMapped, tolerant: true },
    context,
  );
  called.warned?.(warnings);
  if (call.operation === 'updateDelta') {
    return new ObjectForm(connector.schema(address.objectClass), call.objectClass).sideEffects(sideEffects);
  }
  const [uid = address.uid] = sideEffects.find(({ name }) => name === '__UID__')?.valuesToReplace ?? [];
  return uidOf(String(uid));
}

function deltasOf(call: UpdateCall): ReturnType<typeof givenDeltas> {
  switch (call.operation) {
    case 'updateDelta':
      return givenDeltas(call.deltas);
    case 'update':
      return replacingDeltas(call.attributes);
    case 'addAttributeValues':
      return partialDeltas(call.attributes, 'valuesToAdd');
    case 'removeAttributeValues':
      return partialDeltas(call.attributes, 'valuesToRemove');
  }
}
