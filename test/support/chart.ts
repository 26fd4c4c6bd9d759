import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { newToken } from '../../src/cli/new-token.js';
import { repository, runTool } from './run-tool.js';
import { makeFolder, removeFolder } from './temporary-folder.js';

export type Json = Readonly<Record<string, unknown>>;

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: Json;
  readonly data?: Readonly<Record<string, string>>;
}

interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string; readonly scheme: string };
  readonly tcpSocket?: { readonly port: string };
}

interface Container {
  readonly image: string;
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Pod {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly [Container];
    readonly terminationGracePeriodSeconds: number;
  };
}

/** The folder of the chart. */
export const chart = join(repository, 'deploy/helm/zoom-connector');
const { entry } = newToken('platform');
const tls = { certFile: '/run/secrets/tls/tls.crt', keyFile: '/run/secrets/tls/tls.key' };

const clientSecret = { file: '/run/secrets/zoom/client-secret' };

/** The least that somebody has to give. */
export const least = {
  image: { repository: 'registry.example.com/zoom-connector' },
  config: {
    custom: { accountId: 'account' },
    security: { authenticator: { oauth2ClientCredentials: { clientId: 'client', clientSecret } } },
    server: { authentication: { bearerTokens: [entry] } },
  },
  secrets: { zoom: 'zoom-connector' },
  networkPolicy: { namespaces: ['midpoint'] },
};

/** Values with everything that is optional. */
export const full = merge(least, {
  config: {
    server: { tls, shutdownGraceMs: 20_500 },
    state: { redisUrl: { file: '/run/secrets/redis/url' } },
    connectorServer: {
      enabled: true,
      host: '0.0.0.0',
      port: 8760,
      tls,
      keys: [{ file: '/run/secrets/hosts/key' }],
    },
  },
  secrets: { hosts: 'hosts', redis: 'redis', tls: 'tls' },
  replicas: 3,
  env: [{ name: 'NODE_EXTRA_CA_CERTS', value: '/run/secrets/tls/ca.crt' }],
  image: { digest: `sha256:${'0'.repeat(64)}` },
  imagePullSecrets: [{ name: 'registry' }],
  networkPolicy: {
    monitoringNamespaces: ['monitoring'],
    redis: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'redis' } } },
    extraEgress: [{ to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: [{ protocol: 'TCP', port: 3128 }] }],
  },
  monitoring: {
    serviceMonitor: true,
    prometheusRule: true,
    tokenSecret: { name: 'scrape' },
    labels: { release: 'p' },
  },
  service: { annotations: { example: 'a' } },
  hostsService: { annotations: { example: 'a' } },
  serviceAccountName: 'connector',
  podAnnotations: { example: 'a' },
  podLabels: { example: 'a' },
  nodeSelector: { example: 'a' },
  tolerations: [{ key: 'a', operator: 'Exists' }],
  affinity: { nodeAffinity: {} },
  priorityClassName: 'high',
});

function isGroup(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values with others on top of them, as Helm merges them. */
export function merge(values: Json, more: Json): Json {
  const merged = Object.entries(more).map(([name, value]) => {
    const below = values[name];
    return [name, isGroup(below) && isGroup(value) ? merge(below, value) : value] as const;
  });
  return { ...values, ...Object.fromEntries(merged) };
}

/** What came of `helm template`, with the manifests on standard output. */
export async function helm(values: Json, kubernetes = '1.37.0') {
  const folder = await makeFolder();
  try {
    const file = join(folder, 'values.yaml');
    await writeFile(file, stringify(values));
    const args = ['template', 'release', chart, '--values', file, '--kube-version', kubernetes];
    return await runTool('helm', args, { cwd: folder });
  } finally {
    await removeFolder(folder);
  }
}

/** Renders the chart. @throws Error with what Helm says if it refuses the values. */
export async function render(values: Json): Promise<readonly Manifest[]> {
  const { code, stderr, stdout } = await helm(values);
  if (code !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

/** The one manifest of a kind, or of a kind and a name. */
export function only(manifests: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = manifests.filter(
    (each) => each.kind === kind && (name ?? each.metadata.name) === each.metadata.name,
  );
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of kind ${kind}`);
  return found[0];
}

/** The pods of the Deployment. */
export const podOf = (manifests: readonly Manifest[]) =>
  only(manifests, 'Deployment').spec['template'] as Pod;
/** Their only container. */
export const containerOf = (manifests: readonly Manifest[]) => podOf(manifests).spec.containers[0];
