import { randomUUID } from 'node:crypto';
import type { Logger } from 'winston';
import { ConnectorError } from '../../connid/errors.js';
import type { Connector, Warning } from '../../connector/connector.js';
import type { Span, Tracer } from '../../connector/tracing.js';
import { callerGone, contextOf, type Exchange, fail, newExchange } from '../../server/exchange/exchange.js';
import { type RunningOperations, startDeadline } from '../../server/exchange/running-operations.js';
import {
  auditEntry,
  logUnexpected,
  type Records,
  recordExchange,
} from '../../server/logging/record-exchange.js';
import { loggableUid } from '../../server/logging/redact.js';
import { readOperations } from '../../server/operations/read-operations.js';
import { writeOperations } from '../../server/operations/write-operations.js';
import { subjectOf } from '../../server/logging/subject.js';
import type { Wire } from '../codec/wire-value.js';
import { givenConfiguration } from '../mapping/values.js';
import { readFacadeKey } from '../messages/facade-key.js';
import { type OperationCall, readOperationCall } from '../messages/operation-call.js';
import { loggedRequest, runCall } from '../operations/run-call.js';
import type { Results, RunningOperation } from '../session/answer-operation.js';
import type { OperationOfHost } from '../session/session.js';
import type { ConnectorIdentity } from './hello.js';
import type { ConfigurationValues, Instances } from './instances.js';

/** The services behind the operations of hosts. */
export interface HostServices extends Records {
  readonly identity: ConnectorIdentity;
  readonly instances: Instances;
  /** Checks a configuration without a call, as `ConnectorMaker.check`. */
  readonly check: (values: ConfigurationValues) => void;
  /** Further names of object classes: name → class. */
  readonly classAliases: Readonly<Record<string, string>>;
  /** Names settings in a text as hosts know them. */
  readonly wording: (text: string) => string;
  readonly running: RunningOperations;
  readonly audit: () => Logger;
  readonly tracer: Tracer;
  readonly operationTimeoutMs: () => number;
}

/** Runs operations of hosts, each with a record in log, metrics and audit as over HTTP. */
export function hostOperations(services: HostServices): (operation: OperationOfHost) => RunningOperation {
  return (operation) => {
    const exchange = newExchange(randomUUID(), services.running.cut);
    exchange.caller = { name: `${operation.caller} at ${operation.peer}`, scopes: [] };
    return {
      results: new HostOperation(operation, exchange, services).results(),
      hasHandler: operation.request.operation === 'SearchApiOp',
      abort: () => exchange.abort.abort(callerGone()),
    };
  };
}

const rows = [...readOperations, ...writeOperations];

class HostOperation {
  constructor(
    private readonly operation: OperationOfHost,
    private readonly exchange: Exchange,
    private readonly services: HostServices,
  ) {}

  /** Records the operation before its last answer is sent: whoever has the answer finds the records. */
  async *results(): Results {
    const { exchange, services } = this;
    const { signal } = this.operation;
    const leave = (): void => exchange.abort.abort(callerGone());
    signal.addEventListener('abort', leave);
    services.metrics.requestStarted();
    let end = (): void => undefined;
    void services.running.track(exchange, new Promise<void>((resolve) => (end = resolve)));
    try {
      return yield* this.#run();
    } catch (thrown) {
      const failure = fail(exchange, this.#reasonOf(thrown));
      logUnexpected(services.logger, exchange, failure);
      throw failure.thrown;
    } finally {
      signal.removeEventListener('abort', leave);
      this.#record();
      end();
    }
  }

  async *#run(): Results {
    const { exchange, services } = this;
    const { request } = this.operation;
    const call = readOperationCall(request);
    const id = operationId(call);
    const row = rows.find((each) => each.id === id);
    if (row !== undefined) exchange.operation = row;
    exchange.span = this.#startSpan(id);
    this.#checkConnector(request.ConnectorKey);
    const values = givenConfiguration(readFacadeKey(request.connectorFacadeKey));
    if (call.operation === 'validate') {
      services.check(values);
      return null;
    }
    const isLimited = row?.deadline === true;
    const deadline = isLimited ? startDeadline(exchange.abort, services.operationTimeoutMs()) : undefined;
    try {
      return yield* services.instances.use(values, (connector) => this.#called(call, connector));
    } finally {
      clearTimeout(deadline);
    }
  }

  /** The protocol has no place for the trace of a host, so each operation begins one. */
  #startSpan(id: string): Span | undefined {
    return this.services.tracer.received({})?.start({
      name: `connid ${id}`,
      kind: 'server',
      facts: { 'network.protocol.name': 'connid', 'zoom_connector.operation': id },
    });
  }

  async *#called(call: OperationCall, connector: Connector): Results {
    const { exchange } = this;
    const warned = (warnings: readonly Warning[]): void => void (exchange.warnings = warnings);
    const called = { connector, classAliases: this.services.classAliases, warned };
    exchange.subject = subjectOf(loggedRequest(called, call), connector);
    // The host may have gone while the connector was made; then we write nothing.
    exchange.abort.signal.throwIfAborted();
    const results = runCall(called, call, contextOf(exchange));
    const result = yield* call.operation === 'search' ? this.#counted(results) : results;
    if (call.operation === 'create' && result?.kind === 'Uid' && result.uid !== null) {
      exchange.subject = { ...exchange.subject, uid: loggableUid(result.uid) };
    }
    return result;
  }

  async *#counted(results: Results): Results {
    this.exchange.results = 0;
    try {
      for (;;) {
        const step = await results.next();
        if (step.done === true) return step.value;
        if (step.value.kind === 'ConnectorObject') this.exchange.results += 1;
        yield step.value;
      }
    } finally {
      await results.return(null);
    }
  }

  /** Hosts go on with the connector of an earlier version until somebody repeats the discovery. */
  #checkConnector(key: Wire<'ConnectorKey'> | null): void {
    const { bundleName, connectorName } = this.services.identity;
    if (key?.bundleName === bundleName && key.connectorName === connectorName) return;
    throw new ConnectorError('unsupported', 'This server has no such connector.', {
      hint: `It has the connector ${connectorName} of the bundle ${bundleName}.`,
    });
  }

  /** After an abort its reason replaces errors that only say "aborted". Errors name properties as the host does. */
  #reasonOf(thrown: unknown): unknown {
    const { reason } = this.exchange.abort.signal as { readonly reason: unknown };
    if (thrown instanceof ConnectorError) return thrown.reworded(this.services.wording);
    return reason instanceof ConnectorError ? reason.reworded(this.services.wording) : thrown;
  }

  #record(): void {
    const { exchange, services } = this;
    if (exchange.operation?.effect === 'write') services.audit().info('write', auditEntry(exchange));
    recordExchange(exchange, { status: undefined, answered: !this.operation.signal.aborted }, services);
  }
}

/** The id of the operation in log, metrics and audit. Every update is one of deltas. */
function operationId({ operation }: OperationCall): string {
  const isUpdate = operation === 'update' || operation.endsWith('AttributeValues');
  return isUpdate ? 'updateDelta' : operation;
}
