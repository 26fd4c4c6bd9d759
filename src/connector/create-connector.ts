import type { Connector, TargetState } from './connector.js';
import { LoopTurns } from './loop-turns.js';
import { operationsOf } from './object-class/object-class.js';
import { create } from './operations/create.js';
import { deleteObject } from './operations/delete.js';
import { dryRun } from './operations/dry-run.js';
import type { ConnectorSettings, OperationParts } from './operations/operation-parts.js';
import { schema } from './operations/schema.js';
import { get, search } from './operations/search.js';
import { test } from './operations/test.js';
import { updateDelta } from './operations/update-delta.js';
import type { Pause } from './ports.js';
import { withCallConditions, withLocksConfirmed } from './writes/call-conditions.js';
import { RecentWrites } from './writes/recent-writes.js';
import { createVerifier } from './writes/verifier.js';
import { declarationsOf, withRecentWrites, writeRecord } from './writes/write-record.js';

/** Counts running operations, so that `close` can wait for them. */
class Running {
  #count = 0;
  #idle: (() => void)[] = [];

  /** Runs work and counts it until it ends. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#done();
    }
  }

  /** Counts a generator from its first to its last step, however it ends. */
  async *stream<T, R>(generator: AsyncGenerator<T, R, void>): AsyncGenerator<T, R, void> {
    this.#count += 1;
    try {
      return yield* generator;
    } finally {
      this.#done();
    }
  }

  /** Resolves when no operation is running. */
  async idle(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #done(): void {
    this.#count -= 1;
    if (this.#count > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

/** The parts of a connector beyond the parts of its operations. */
interface ConnectorPorts extends Omit<OperationParts, 'settings' | 'turns' | 'verifier' | 'writes'> {
  readonly version: string;
  /** Milliseconds. */
  readonly now: () => number;
  /** Recent writes. When absent, the connector makes its own memory of them. */
  readonly recent?: RecentWrites;
  /** The turns of searches. When absent, they share the event loop only with each other. */
  readonly turns?: LoopTurns;
  readonly pause: Pause;
  targetState(): TargetState;
  close(): Promise<void>;
}

/** Makes a connector: the operations bound to one set of parts. Two connectors share nothing except shared ports. */
export function createConnector(settings: ConnectorSettings, ports: ConnectorPorts): Connector {
  const { version } = ports;
  const recent = ports.recent ?? new RecentWrites(() => ports.now());
  const declarations = declarationsOf(ports.objectClasses);
  const objectClasses = ports.objectClasses.map((each) => withRecentWrites(each, recent, declarations));
  // A call passes an interceptor of its operation (a dry run's `rehearsing` or a search's `watchingProgress`), then the
  // conditions of the call, then the client.
  const target = withCallConditions(ports.pause)(withLocksConfirmed(ports.lock)(ports.target));
  const { targetName, verifyWrites } = settings;
  const parts: OperationParts = {
    ...ports,
    objectClasses,
    target,
    settings,
    turns: ports.turns ?? new LoopTurns(() => ports.now()),
    writes: writeRecord(recent, objectClasses),
    verifier: createVerifier(verifyWrites, { ...ports, target, targetName }),
  };
  const plan = (operation: (dry: OperationParts) => Promise<unknown>) =>
    running.during(() => dryRun(parts, operation));
  const running = new Running();
  return {
    info: {
      name: `${targetName} identity connector`,
      version,
      target: settings.target,
      api: settings.api,
      operations: Object.fromEntries(
        objectClasses.map((objectClass) => [objectClass.view.name, operationsOf(objectClass)]),
      ),
    },
    schema: (objectClass) => schema(parts, objectClass),
    test: (context) => running.during(() => test(parts, context)),
    search: (request, context) => running.stream(search(parts, request, context)),
    get: (request, context) => running.during(() => get(parts, request, context)),
    create: (request, context) => running.during(() => create(parts, request, context)),
    updateDelta: (request, context) => running.during(() => updateDelta(parts, request, context)),
    delete: (request, context) => running.during(() => deleteObject(parts, request, context)),
    planCreate: (request, context) => plan((dry) => create(dry, request, context)),
    planUpdateDelta: (request, context) => plan((dry) => updateDelta(dry, request, context)),
    planDelete: (request, context) => plan((dry) => deleteObject(dry, request, context)),
    targetState: () => ports.targetState(),
    close: async () => {
      await running.idle();
      await ports.close();
    },
  };
}
