import { plainName } from '../config/accounts.js';
import type { ConnectorConfig } from '../config/connector-config.js';
import { hostConfig, refusedProperties, withPropertyNames } from '../config/host-config.js';
import { hostProperties } from '../config/host-properties.js';
import { type ConnectorIdentity, helloOf } from '../connid-server/hosts/hello.js';
import {
  type ConfigurationValues,
  type ConnectorMaker,
  Instances,
} from '../connid-server/hosts/instances.js';
import { hostOperations } from '../connid-server/hosts/operate.js';
import { keyVerifier } from '../connid-server/session/keys.js';
import { listenForHosts } from '../connid-server/session/listen.js';
import { WrongKeys } from '../connid-server/session/wrong-keys.js';
import type { RunningOperations } from '../server/exchange/running-operations.js';
import { noTracer, type Tracer } from '../connector/tracing.js';
import type { ServerMetrics } from '../server/metrics.js';
import { releasing } from '../zoom/connector-factory.js';
import { namingProblems } from '../zoom/object-classes.js';
import type { ServiceLogs } from './logs.js';
import { version } from './process.js';
import type { Connectors, NamedFactory } from './connectors.js';
import type { ReloadableConnector } from './reloadable-connector.js';
import { readCertificates } from './startup-files.js';
import { type RunningTarget, startTarget } from './target.js';

/** Hosts save configurations under these names. They never change. */
const names = {
  bundleName: 'zoom-identity-connector',
  connectorName: 'zoomidentityconnector.ZoomConnector',
} as const;

/** The names of the Java connector, under which hosts have saved configurations for it. */
const javaNames = {
  bundleName: 'connector-zoom',
  connectorName: 'com.exclamationlabs.connid.base.zoom.ZoomConnector',
} as const;

function identityOf({ javaConnectorNames }: ConnectorConfig['connectorServer']): ConnectorIdentity {
  return { ...(javaConnectorNames ? javaNames : names), bundleVersion: version, display: 'Zoom' };
}

/** ConnId's names for accounts and groups, which some hosts use whatever the schema says. */
const classAliases = { __ACCOUNT__: 'ZoomUser', __GROUP__: 'ZoomGroup' } as const;

/** Bounds of sessions that are not configurable: Java needs far less, and gives up after a minute of silence. */
const bounds = { keyMs: 10_000, silenceMs: 20_000, strangerBytes: 4_096, refusedBytes: 65_536 } as const;

/** The parts of the service that both faces share. */
export interface SharedByFaces {
  readonly connectors: Connectors;
  /** Makes the connectors of both faces, so that they share the pace of their accounts. */
  readonly factory: NamedFactory;
  readonly logs: Pick<ServiceLogs, 'logger' | 'audit'>;
  readonly metrics: ServerMetrics;
  /** Default: none. */
  readonly tracer?: Tracer;
  readonly running: RunningOperations;
}

/** The face for hosts of ConnId's framework. */
export interface ConnectorServer {
  /** The address, for the start record. */
  readonly url: string;
  readonly port: number;
  /** Lets running operations end; cuts what is left when the time is up. */
  close(graceMs: number): Promise<void>;
}

/**
 * Starts the face for hosts.
 * @throws ConnectorError `configuration` if its address or certificate cannot be used.
 */
export async function startConnectorServer(
  { connectorServer }: ConnectorConfig,
  shared: SharedByFaces,
): Promise<ConnectorServer> {
  const { connectors, logs, metrics, running, tracer = noTracer } = shared;
  const { host, idleTimeoutMs: idleMs, keys, maxConnections, maxMessageBytes, port, tls } = connectorServer;
  const identity = identityOf(connectorServer);
  const maker = connectorMaker(shared);
  const instances = new Instances(maker);
  const { logger } = logs;
  const listening = await listenForHosts(
    {
      host,
      port,
      maxConnections,
      maxMessageBytes,
      limits: { ...bounds, idleMs },
      ...(tls !== null && { tls: readCertificates({ ...tls, clientCaFile: null }, '/connectorServer/tls') }),
    },
    {
      wrongKeys: new WrongKeys(() => performance.now()),
      keyOf: keyVerifier(keys.filter((key) => key !== null)),
      hello: helloOf(identity, hostProperties, Date.now()),
      operate: hostOperations({
        identity,
        classAliases,
        instances,
        check: maker.check,
        wording: withPropertyNames,
        logger,
        metrics,
        running,
        tracer,
        audit: () => logs.audit(),
        operationTimeoutMs: () => longestTimeout(connectors),
      }),
      refused: (problem, peer) => logger.warn('a host is refused', { problem, peer }),
      failed: () => logger.error('unexpected error', { problem: 'A session of a host has failed.' }),
    },
  );
  return {
    port: listening.port,
    url: `${tls === null ? 'connid' : 'connids'}://${host.includes(':') ? `[${host}]` : host}:${listening.port}`,
    close: async (graceMs) => {
      await listening.close(graceMs);
      await instances.close();
      await maker.close();
    },
  };
}

/** The deadline of hosts' operations: they are at several connectors, and the face asks before it knows which. */
function longestTimeout(connectors: Connectors): number {
  const all = connectors.names().map((name) => connectors.get(name)?.config().rest.operationTimeoutMs ?? 0);
  return Math.max(...all);
}

/** The connector of the service whose settings complete those of a host. */
interface Base {
  readonly name: string;
  readonly reloadable: ReloadableConnector;
}

/**
 * With several connectors the one of the host's account.
 * @throws ConnectorError `configuration` if there is none.
 */
function baseFor(connectors: Connectors, values: ConfigurationValues): Base {
  const single = connectors.get(plainName);
  if (single !== undefined) return { name: plainName, reloadable: single };
  const account = values.get(accountProperty);
  for (const name of connectors.names()) {
    const reloadable = connectors.get(name);
    const isFor = reloadable?.target().original.custom.accountId === account;
    if (reloadable !== undefined && isFor) return { name, reloadable };
  }
  const message = 'None of the connectors of this service is for this account.';
  throw refusedProperties([{ path: accountPointer, message }]);
}

const accountPointer = '/custom/accountId';
const accountProperty = hostProperties.find(({ target }) => target.pointer === accountPointer)?.name ?? '';

/** Makes connectors for the configurations of hosts. All that target a simulator share that of their connector. */
function connectorMaker({
  connectors,
  factory,
}: Pick<SharedByFaces, 'connectors' | 'factory'>): ConnectorMaker & { close(): Promise<void> } {
  const started: RunningTarget[] = [];
  let starting: Promise<unknown> = Promise.resolve();
  const start = async (config: ConnectorConfig, base: RunningTarget): Promise<RunningTarget> => {
    const target = await startTarget(config, base.simulation === undefined ? started.at(-1) : base);
    const known = [base, ...started].map(({ simulation }) => simulation);
    if (target.simulation !== undefined && !known.includes(target.simulation)) started.push(target);
    return target;
  };
  const checked = (base: Base, values: ConfigurationValues): ConnectorConfig => {
    const config = hostConfig(base.reloadable.target().original, values);
    const findings = namingProblems(config);
    if (findings.length > 0) throw refusedProperties(findings);
    return config;
  };
  return {
    generation: (values) => baseFor(connectors, values).reloadable.target(),
    check: (values) => void checked(baseFor(connectors, values), values),
    make: async (values) => {
      const base = baseFor(connectors, values);
      const config = checked(base, values);
      const present = base.reloadable.target();
      // A simulator that a new configuration replaces stays until its last connector has ended.
      const release = present.hold();
      // One after the other, because the first may start the simulator for the next.
      const target = starting.then(() => start(config, present));
      starting = target.catch(() => undefined);
      try {
        return releasing(factory((await target).config, base.name), release);
      } catch (thrown) {
        release();
        throw thrown;
      }
    },
    close: async () => {
      await Promise.all(started.map((target) => target.close()));
    },
  };
}
