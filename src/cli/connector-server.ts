import type { ConnectorConfig } from '../config/connector-config.js';
import { hostConfig, refusedProperties, withPropertyNames } from '../config/host-config.js';
import { hostProperties } from '../config/host-properties.js';
import type { Connector } from '../connector/connector.js';
import { type ConnectorIdentity, helloOf } from '../connid-server/hosts/hello.js';
import { type ConnectorMaker, Instances } from '../connid-server/hosts/instances.js';
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
  readonly reloadable: ReloadableConnector;
  /** Makes the connectors of both faces, so that they share the pace of their accounts. */
  readonly factory: (config: ConnectorConfig) => Connector;
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
  const { logs, metrics, reloadable, running, tracer = noTracer } = shared;
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
        operationTimeoutMs: () => reloadable.config().rest.operationTimeoutMs,
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

/** Makes connectors for the configurations of hosts. All that target the simulator share one simulated account. */
function connectorMaker({
  factory,
  reloadable,
}: Pick<SharedByFaces, 'factory' | 'reloadable'>): ConnectorMaker & { close(): Promise<void> } {
  const started: RunningTarget[] = [];
  let starting: Promise<unknown> = Promise.resolve();
  const start = async (config: ConnectorConfig): Promise<RunningTarget> => {
    const base = reloadable.target();
    const target = await startTarget(config, base.simulation === undefined ? started.at(-1) : base);
    const known = [base, ...started].map(({ simulation }) => simulation);
    if (target.simulation !== undefined && !known.includes(target.simulation)) started.push(target);
    return target;
  };
  const checked = (values: ReadonlyMap<string, unknown>): ConnectorConfig => {
    const config = hostConfig(reloadable.target().original, values);
    const findings = namingProblems(config);
    if (findings.length > 0) throw refusedProperties(findings);
    return config;
  };
  return {
    generation: () => reloadable.target(),
    check: checked,
    make: async (values) => {
      const config = checked(values);
      // A simulator that a new configuration replaces stays until its last connector has ended.
      const release = reloadable.target().hold();
      // One after the other, because the first may start the simulator for the next.
      const target = starting.then(() => start(config));
      starting = target.catch(() => undefined);
      try {
        return releasing(factory((await target).config), release);
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
