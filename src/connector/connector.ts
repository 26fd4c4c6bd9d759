import type { AttributeInfo } from '../connid/attribute.js';
import type { Check } from '../connid/errors.js';
import type { Body, Method } from './object-class/endpoint.js';
import type { OperationContext } from './context.js';

/** Names of the operations that apply to object classes. */
export type OperationName =
  'schema' | 'test' | 'validate' | 'search' | 'get' | 'create' | 'updateDelta' | 'delete';

/** A JSON value of an attribute: scalar or `null` when single-valued, a list when multi-valued. */
export type JsonAttributeValue = string | number | boolean | null | readonly (string | number | boolean)[];

/** A connector object in an answer. */
export interface ConnectorObject {
  readonly objectClass: string;
  readonly uid: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, JsonAttributeValue>>;
  /** Attributes whose values were left out because they are too many. */
  readonly incomplete?: readonly string[];
}

/** A remark for the caller about an operation that succeeded. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly attributes: readonly string[];
}

/** An attribute delta in an answer: a side effect. */
export interface DeltaAnswer {
  readonly name: string;
  readonly valuesToReplace: readonly (string | number | boolean)[];
}

/** A request that may ask for more than the operation can do. */
interface HostRequest {
  /**
   * True for requests of ConnId's hosts, which send every mapped attribute each time, and text in filters. Then an
   * attribute that the class cannot read or write is no error, as long as nothing is lost:
   *
   * - `attributesToGet` may name attributes that the class does not have.
   * - A create may contain attributes without values that cannot be created.
   * - An update may contain attributes that cannot be updated, if the object has these values or nobody can read them.
   * - A filter may compare numbers with text, and may be as large as the caller allows.
   */
  readonly tolerant?: true;
}

export interface SearchRequest extends HostRequest {
  readonly objectClass: string;
  /** A filter tree or a SCIM expression. Without one every object matches. */
  readonly filter?: unknown;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** The end of a search. */
export interface SearchResult {
  /** Requests the next page; `null` when no results follow. */
  readonly pagedResultsCookie: string | null;
  /** The number of results that follow; -1 if unknown. */
  readonly remainingPagedResults: number;
  readonly allResultsReturned: true;
}

export interface GetRequest extends HostRequest {
  readonly objectClass: string;
  readonly uid: string;
  /** Last known name of the object. */
  readonly nameHint?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface CreateRequest extends HostRequest {
  readonly objectClass: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface CreateAnswer {
  readonly uid: string;
  readonly name: string;
  readonly warnings: readonly Warning[];
  /** True if the create adopted an existing object instead of making a new one. */
  readonly adopted: boolean;
}

export interface UpdateDeltaRequest extends HostRequest {
  readonly objectClass: string;
  readonly uid: string;
  readonly nameHint?: string;
  /**
   * True if the deltas are all attributes that the host maps, changed or not. Then a replacement by no value, of an
   * attribute that always has one, only says that the host has none: it is left out, with the warning `NOT_CLEARED`.
   */
  readonly allMapped?: true;
  readonly deltas: readonly Readonly<Record<string, unknown>>[];
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface UpdateDeltaAnswer {
  readonly sideEffects: readonly DeltaAnswer[];
  readonly warnings: readonly Warning[];
}

export type DeleteRequest = GetRequest;

/** One call of a plan, as a dry run shows it. Its secrets are masked. */
export interface ShownCall {
  readonly method: Method;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: Body;
  readonly label: string;
  readonly why: string;
}

/** The answer of a dry run: calls in order, reads included. `{uid}` is an id that only the execution will know. */
export interface PlanAnswer {
  readonly plan: readonly ShownCall[];
}

export interface ObjectClassInfo {
  readonly name: string;
  readonly description: string;
  readonly container: boolean;
  readonly auxiliary: boolean;
  readonly embedded: boolean;
  readonly attributes: readonly AttributeInfo[];
}

interface OptionInfo {
  readonly name: string;
  readonly type: string;
}

export interface Schema {
  readonly objectClasses: readonly ObjectClassInfo[];
  /** Operation → object classes. The list is empty for operations that belong to no class. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
  readonly operationOptions: Readonly<Record<string, readonly OptionInfo[]>>;
}

export interface TestAnswer {
  readonly ok: true;
  readonly checks: readonly Check[];
}

export interface ConnectorInfo {
  readonly name: string;
  readonly version: string;
  /** The receiver of the calls: the target itself or a stand-in. */
  readonly target: string;
  readonly api: 'rest' | 'scim';
  /** Object class → operations it supports. */
  readonly operations: Readonly<Record<string, readonly OperationName[]>>;
}

/**
 * The connector: ConnId's operations as functions over JSON. Every failure is a `ConnectorError`.
 * Requests have the right shape, because the server validates them against `schemas/`. The connector itself validates
 * them against the schema of their object class.
 */
export interface Connector {
  readonly info: ConnectorInfo;
  schema(objectClass?: string): Schema;
  test(context: OperationContext): Promise<TestAnswer>;
  /** Yields objects in order, and returns the search result. */
  search(
    request: SearchRequest,
    context: OperationContext,
  ): AsyncGenerator<ConnectorObject, SearchResult, void>;
  /** @throws ConnectorError of kind `unknownUid` when there is no such object. */
  get(request: GetRequest, context: OperationContext): Promise<ConnectorObject>;
  create(request: CreateRequest, context: OperationContext): Promise<CreateAnswer>;
  updateDelta(request: UpdateDeltaRequest, context: OperationContext): Promise<UpdateDeltaAnswer>;
  delete(request: DeleteRequest, context: OperationContext): Promise<void>;
  /** Dry runs: they return the calls of the operation or throw its errors, and write nothing. */
  planCreate(request: CreateRequest, context: OperationContext): Promise<PlanAnswer>;
  planUpdateDelta(request: UpdateDeltaRequest, context: OperationContext): Promise<PlanAnswer>;
  planDelete(request: DeleteRequest, context: OperationContext): Promise<PlanAnswer>;
  /** Last known state of the target. Makes no call. */
  targetState(): TargetState;
  /** Waits for running operations, then releases the target. Start no operation after it. */
  close(): Promise<void>;
}

/** The last known state of the target. */
export interface TargetState {
  readonly reachable: boolean | 'unknown';
  /** ISO time of the last answer of any kind. */
  readonly lastAnswerAt?: string;
  /** Message of the last failure, if it came after the last success. */
  readonly lastError?: string;
}
