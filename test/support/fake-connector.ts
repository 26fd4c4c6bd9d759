import { once } from 'node:events';

import { ConnectorError } from '../../src/connid/errors.js';
import type {
  Connector,
  ConnectorInfo,
  ConnectorObject,
  CreateAnswer,
  CreateRequest,
  DeleteRequest,
  GetRequest,
  JsonAttributeValue,
  OperationName,
  PlanAnswer,
  Schema,
  SearchRequest,
  SearchResult,
  TargetState,
  TestAnswer,
  UpdateDeltaAnswer,
  UpdateDeltaRequest,
} from '../../src/connector/connector.js';
import type { OperationContext } from '../../src/connector/context.js';

/** Runs before an operation, and before each row of a search; may wait or throw. */
type Hook = (operation: OperationName | 'row', context: OperationContext) => Promise<void> | void;

/** A hook that waits until the operation is aborted, and then lets it go on. */
export const untilAborted: Hook = async (_operation, { signal }) => {
  if (!signal.aborted) await once(signal, 'abort');
};

const supported = ['search', 'get', 'create', 'updateDelta', 'delete'] as const;

/** A connector that keeps its objects in a map. Small, but it means what it says: real rules, real errors. */
export class FakeConnector implements Connector {
  readonly objects = new Map<string, ConnectorObject>();
  readonly contexts: OperationContext[] = [];
  readonly requests: unknown[] = [];
  /** Generators of searches that were started and those that have ended. */
  readonly searches = { started: 0, ended: 0 };
  state: TargetState = { reachable: 'unknown' };
  hook: Hook = () => undefined;
  info: ConnectorInfo = {
    name: 'fake',
    version: '1.2.3',
    target: 'zoom',
    api: 'rest',
    operations: { ZoomUser: supported, ZoomGroup: supported },
  };
  #next = 1;

  /** Puts an object in without going through create. */
  seed(name: string, attributes: Record<string, JsonAttributeValue> = {}): ConnectorObject {
    const object = { objectClass: 'ZoomUser', uid: `U${this.#next++}`, name, attributes };
    this.objects.set(object.uid, object);
    return object;
  }

  schema(objectClass?: string): Schema {
    const names = objectClass === undefined ? Object.keys(this.info.operations) : [this.#known(objectClass)];
    return {
      objectClasses: names.map((name) => ({
        name,
        description: `A ${name}.`,
        container: false,
        auxiliary: false,
        embedded: false,
        attributes: [nameAttribute, { ...nameAttribute, name: 'DEPT', nativeName: 'DEPT', required: false }],
      })),
      operations: { search: names, test: [] },
      operationOptions: { search: [{ name: 'pageSize', type: 'Integer' }] },
    };
  }

  async test(context: OperationContext): Promise<TestAnswer> {
    await this.#enter('test', undefined, context);
    return { ok: true, checks: [{ name: 'token', ok: true, detail: 'A token was obtained.' }] };
  }

  async *search(
    request: SearchRequest,
    context: OperationContext,
  ): AsyncGenerator<ConnectorObject, SearchResult, void> {
    this.searches.started++;
    try {
      await this.#enter('search', request, context);
      const objectClass = this.#known(request.objectClass);
      const all = [...this.objects.values()].filter((object) => object.objectClass === objectClass);
      const start = Number(request.options?.['pagedResultsCookie'] ?? 0);
      const end = start + (Number(request.options?.['pageSize'] ?? 0) || all.length);
      for (const object of all.slice(start, end)) {
        await this.hook('row', context);
        context.trace.scanned++;
        yield object;
      }
      const remaining = Math.max(0, all.length - end);
      return {
        pagedResultsCookie: remaining > 0 ? String(end) : null,
        remainingPagedResults: remaining,
        allResultsReturned: true,
      };
    } finally {
      this.searches.ended++;
    }
  }

  async get(request: GetRequest, context: OperationContext): Promise<ConnectorObject> {
    await this.#enter('get', request, context);
    this.#known(request.objectClass);
    return this.#object(request.uid);
  }

  async create(request: CreateRequest, context: OperationContext): Promise<CreateAnswer> {
    await this.#enter('create', request, context);
    const objectClass = this.#known(request.objectClass);
    const { __NAME__: name, __ADOPT__: adopt, ...rest } = request.attributes;
    if (typeof name !== 'string')
      throw new ConnectorError('invalidAttributeValue', '`__NAME__` is required.');
    const existing = [...this.objects.values()].find((object) => object.name === name);
    if (existing !== undefined) {
      if (adopt === true) return { uid: existing.uid, name, warnings: [], adopted: true };
      throw new ConnectorError('alreadyExists', `${name} exists already.`, { uid: existing.uid });
    }
    const attributes = rest as Record<string, JsonAttributeValue>;
    const object = { objectClass, uid: `U${this.#next++}`, name, attributes };
    this.objects.set(object.uid, object);
    return { uid: object.uid, name, warnings: [], adopted: false };
  }

  async updateDelta(request: UpdateDeltaRequest, context: OperationContext): Promise<UpdateDeltaAnswer> {
    await this.#enter('updateDelta', request, context);
    const object = this.#object(request.uid);
    const changes = request.deltas.map(
      ({ name, valuesToReplace }) => [String(name), valuesToReplace] as const,
    );
    const attributes = { ...object.attributes, ...(Object.fromEntries(changes) as typeof object.attributes) };
    this.objects.set(object.uid, { ...object, attributes });
    return { sideEffects: [], warnings: [] };
  }

  async delete(request: DeleteRequest, context: OperationContext): Promise<void> {
    await this.#enter('delete', request, context);
    this.#object(request.uid);
    this.objects.delete(request.uid);
  }

  planCreate(request: CreateRequest, context: OperationContext): Promise<PlanAnswer> {
    return this.#plan('create', request, context);
  }

  planUpdateDelta(request: UpdateDeltaRequest, context: OperationContext): Promise<PlanAnswer> {
    return this.#plan('updateDelta', request, context);
  }

  planDelete(request: DeleteRequest, context: OperationContext): Promise<PlanAnswer> {
    return this.#plan('delete', request, context);
  }

  targetState(): TargetState {
    return this.state;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #plan(operation: OperationName, request: unknown, context: OperationContext): Promise<PlanAnswer> {
    await this.#enter(operation, request, context);
    return { plan: [{ method: 'POST', path: '/users', label: 'light', why: `rehearse ${operation}` }] };
  }

  async #enter(operation: OperationName, request: unknown, context: OperationContext): Promise<void> {
    this.requests.push(request);
    this.contexts.push(context);
    context.trace.calls++;
    await this.hook(operation, context);
  }

  #known(objectClass: string): string {
    const wanted = objectClass.toLowerCase();
    const known = Object.keys(this.info.operations).find((name) => name.toLowerCase() === wanted);
    if (known === undefined)
      throw new ConnectorError('unsupported', `There is no object class ${objectClass}.`);
    return known;
  }

  #object(uid: string): ConnectorObject {
    const object = this.objects.get(uid);
    if (object === undefined)
      throw new ConnectorError('unknownUid', `There is no object with the uid ${uid}.`);
    return object;
  }
}

const nameAttribute = {
  name: '__NAME__',
  nativeName: 'EMAIL',
  type: 'String',
  description: 'E-mail address.',
  required: true,
  multiValued: false,
  creatable: true,
  updateable: true,
  readable: true,
  returnedByDefault: true,
} as const;
