import type { Connector, OperationName, TargetState } from './connector.js';
import { create } from './operations/create.js';
import { carefulTarget } from './writes/call-conditions.js';
import { deleteObject } from './operations/delete.js';
import { dryRun } from './operations/dry-run.js';
import type { ConnectorSettings, Environment } from './operations/operation-parts.js';
import { schema } from './operations/schema.js';
import { get, search } from './operations/search.js';
import { test } from './operations/test.js';
import { updateDelta } from './operations/update-delta.js';
import type { Pause } from './ports.js';
import { RecentWrites } from './writes/recent-writes.js';
import { Running } from './running.js';
import { createVerifier } from './verify/verifier.js';
import { withRecentWrites, writeRecord } from './writes/write-record.js';

/** What a connector needs beyond the environment of its operations. */
interface ConnectorPorts extends Omit<Environment, 'settings' | 'verifier' | 'writes'> {
  readonly version: string;
  /** Milliseconds. */
  readonly now: () => number;
  /** What was written lately; the connector's own when absent. */
  readonly recent?: RecentWrites;
  readonly pause: Pause;
  targetState(): TargetState;
  close(): Promise<void>;
}

/** Makes a connector: the operations bound to one environment. Nothing is shared between connectors but what the ports are. */
export function createConnector(settings: ConnectorSettings, ports: ConnectorPorts): Connector {
  const { version } = ports;
  const recent = ports.recent ?? new RecentWrites(() => ports.now());
  const objectClasses = ports.objectClasses.map((objectClass) => withRecentWrites(objectClass, recent));
  const target = carefulTarget(ports.target, ports.pause);
  const environment: Environment = {
    ...ports,
    objectClasses,
    target,
    settings,
    writes: writeRecord(recent),
    verifier: createVerifier(settings.verifyWrites, { ...ports, target }),
  };
  const plan = (operation: (dry: Environment) => Promise<unknown>) =>
    running.during(() => dryRun(environment, operation));
  const running = new Running();
  return {
    info: {
      name: 'Zoom identity connector',
      version,
      target: settings.target,
      api: settings.api,
      operations: Object.fromEntries(
        objectClasses.map(({ view, operations }): [string, readonly OperationName[]] => [
          view.name,
          operations,
        ]),
      ),
    },
    schema: (objectClass) => schema(environment, objectClass),
    test: (context) => running.during(() => test(environment, context)),
    search: (request, context) => running.stream(search(environment, request, context)),
    get: (request, context) => running.during(() => get(environment, request, context)),
    create: (request, context) => running.during(() => create(environment, request, context)),
    updateDelta: (request, context) => running.during(() => updateDelta(environment, request, context)),
    delete: (request, context) => running.during(() => deleteObject(environment, request, context)),
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
