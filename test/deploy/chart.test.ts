import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { checkConfig } from '../../src/cli/check-config.js';
import { settingsNeedingRestart } from '../../src/config/advice.js';
import { loadConfig } from '../../src/config/load-config.js';
import {
  chart,
  containerOf,
  full,
  helm,
  type Json,
  least,
  type Manifest,
  merge,
  only,
  podOf,
  render,
} from '../support/chart.js';
import { describeWithTools } from '../support/deploy-tools.js';
import { imageFacts } from '../support/image-facts.js';
import { repository, runTool } from '../support/run-tool.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const facts = imageFacts();
const folder = useTemporaryFolder('file');

describeWithTools('the chart', ['helm'], () => {
  it.each([
    ['no image', { image: { repository: '' } }, 'image.repository: name the image'],
    ['no account', { config: { custom: { accountId: '' } } }, 'config.custom.accountId: give'],
    [
      'no authentication',
      { config: { server: { authentication: { bearerTokens: [] } } } },
      'give bearerTokens',
    ],
    ['no caller', { networkPolicy: { namespaces: [] } }, 'networkPolicy.namespaces: name'],
    [
      'a secret that is no Secret',
      { config: { state: { redisUrl: { file: '/run/secrets/r/url' } } } },
      'secrets.r: name',
    ],
    ['replicas that share nothing', { replicas: 2 }, 'replicas: several replicas need Redis'],
    ['a port of its own', { config: { server: { port: 9090 } } }, 'config.server.port'],
    ['an unknown value', { replica: 2 }, "additional properties 'replica' not allowed"],
    ['a scrape without token', { monitoring: { serviceMonitor: true } }, 'monitoring.tokenSecret.name'],
    [
      'hosts that cannot reach it',
      { config: { connectorServer: { enabled: true } } },
      'connectorServer.host',
    ],
    [
      'a secret among the values',
      { config: { security: { authenticator: { oauth2ClientCredentials: { clientSecret: 'canary' } } } } },
      'values are no place for secrets',
    ],
  ])('refuses %s', async (_case, more, message) => {
    const { code, stderr } = await helm(merge(least, more));
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });

  it('accepts the values that the guide shows', async () => {
    const guide = await readFile(join(repository, 'docs/guides/deployment.md'), 'utf8');
    const [, values = ''] = /^```yaml\n([^]*?)^```$/m.exec(guide) ?? [];
    expect(await render(parse(values) as Json)).toHaveLength(5);
  });

  it('takes null of connector.json for no value', async () => {
    const config = { server: { tls: null }, state: { redisUrl: null } };
    expect(containerOf(await render(merge(least, { config }))).readinessProbe.httpGet?.scheme).toBe('HTTP');
  });

  it('confines the pod as the image is tried', async () => {
    const manifests = await render(least);
    expect(podOf(manifests).spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: facts.user,
        runAsGroup: facts.group,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    });
  });

  it('probes paths and ports that the image has', async () => {
    const { ports, ...container } = containerOf(await render(least));
    expect(ports).toEqual([{ name: 'http', containerPort: facts.port }]);
    const http = (path: string) => ({ httpGet: { path, port: 'http', scheme: 'HTTP' } });
    expect(container).toMatchObject({
      startupProbe: http('/livez'),
      livenessProbe: http('/livez'),
      readinessProbe: http('/readyz'),
    });
    expect(facts.paths).toEqual(expect.arrayContaining(['/livez', '/readyz', '/metrics']));
  });

  it('probes with TLS, and only the port where clients need a certificate', async () => {
    const readiness = async (config: Json) =>
      containerOf(await render(merge(full, { config }))).readinessProbe;
    expect((await readiness({})).httpGet?.scheme).toBe('HTTPS');
    const mutual = await readiness({ server: { tls: { clientCaFile: '/run/secrets/tls/ca.crt' } } });
    expect([mutual.httpGet, mutual.tcpSocket]).toEqual([undefined, { port: 'http' }]);
  });

  /** What the service says of the configuration that it finds in the pod. */
  async function verdict(manifests: readonly Manifest[]) {
    const name = facts.configFile.slice(facts.configFolder.length + 1);
    const json = only(manifests, 'ConfigMap').data?.[name] ?? '';
    const file = join(folder.path, name);
    await writeFile(join(folder.path, 'client-secret'), 'canary');
    await writeFile(file, json.replaceAll('/run/secrets/zoom', folder.path));
    return { file, ...(await checkConfig(file, { CONNECTOR_SERVER__HOST: '0.0.0.0' })) };
  }

  it('mounts a configuration that the service accepts, where the image looks for it', async () => {
    const manifests = await render(least);
    expect(containerOf(manifests).volumeMounts).toContainEqual({
      name: 'config',
      mountPath: facts.configFolder,
      readOnly: true,
    });
    const { file, ok, text } = await verdict(manifests);
    expect([ok, text]).toEqual([true, `The configuration ${file} is valid. It targets zoom.`]);
  });

  it('mounts one with several connectors, too', async () => {
    const { custom, security, server } = least.config;
    const config = { server, connectors: { eu: { custom, security }, us: { custom, security } } };
    expect(await verdict(await render({ ...least, config }))).toMatchObject({ ok: true });
  });

  it('starts new pods for just the settings that need a restart', async () => {
    const annotations = async (config: Json) =>
      podOf(await render(merge(least, { config }))).metadata.annotations;
    const loaded = async (config: Json) => {
      const file = join(folder.path, 'changed.json');
      await writeFile(file, JSON.stringify(merge({ service: { target: 'simulator' } }, config)));
      return (await loadConfig({ file, env: {} })).config;
    };
    const changes: readonly Json[] = [
      { server: { bodyLimitBytes: 5 } },
      { connectorServer: { maxConnections: 5 } },
      { state: { onOutage: 'refuseWrites' } },
      { results: { deepGet: false } },
      { logging: { level: 'debug' } },
      { rest: { maxConcurrency: 5 } },
    ];
    for (const change of changes) {
      const needed = settingsNeedingRestart(await loaded({}), await loaded(change)).length > 0;
      const isSame = JSON.stringify(await annotations({})) === JSON.stringify(await annotations(change));
      expect([change, !isSame]).toEqual([change, needed]);
    }
  });

  it('replaces pods one by one only if they share Redis', async () => {
    const strategy = async (values: Json) => only(await render(values), 'Deployment').spec['strategy'];
    expect(await strategy(least)).toEqual({ type: 'Recreate' });
    expect(await strategy(full)).toMatchObject({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0 },
    });
  });

  it('gives the service time to finish a begun deactivation', async () => {
    const seconds = async (values: Json) => podOf(await render(values)).spec.terminationGracePeriodSeconds;
    expect(await seconds(least)).toBe(5 + 10 + 65);
    expect(await seconds(merge(full, { preStopSeconds: 0 }))).toBe(21 + 65);
  });

  it('has a Service for hosts only with the connector server', async () => {
    const services = async (values: Json) =>
      (await render(values)).filter(({ kind }) => kind === 'Service').map(({ spec }) => spec['ports']);
    const http = { name: 'http', port: 8080, targetPort: 'http' };
    expect(await services(least)).toEqual([[{ ...http, appProtocol: 'http' }]]);
    expect(await services(full)).toEqual([
      [{ ...http, appProtocol: 'https' }],
      [{ name: 'hosts', port: 8759, targetPort: 'hosts' }],
    ]);
    expect(containerOf(await render(full)).ports).toContainEqual({ name: 'hosts', containerPort: 8760 });
  });

  it('lets in what it is told and nothing else', async () => {
    const names = async (values: Json) =>
      (only(await render(values), 'NetworkPolicy').spec['ingress'] as readonly Json[]).map(
        ({ from, ports }) => [
          (from as readonly [{ namespaceSelector: { matchExpressions: readonly [Json] } }])[0]
            .namespaceSelector.matchExpressions[0]['values'],
          (ports as readonly Json[]).map(({ port }) => port),
        ],
      );
    expect(await names(least)).toEqual([[['midpoint'], ['http']]]);
    expect(await names(full)).toEqual([
      [['midpoint'], ['http', 'hosts']],
      [['monitoring'], ['http']],
    ]);
  });

  it('lets out names, HTTPS and Redis', async () => {
    const ports = async (values: Json) =>
      (
        only(await render(values), 'NetworkPolicy').spec['egress'] as readonly { ports: readonly Json[] }[]
      ).map(({ ports: each }) => each.map(({ port }) => port));
    expect(await ports(least)).toEqual([[53, 53], [443]]);
    expect(await ports(full)).toEqual([[53, 53], [443], [6379], [3128]]);
  });

  it('has the alert rules of alerts.yaml, and no copy of them', async () => {
    const rules = parse(await readFile(join(repository, 'deploy/alerts.yaml'), 'utf8')) as Json;
    expect(only(await render(full), 'PrometheusRule').spec).toEqual(rules);
    const { stdout } = await runTool('git', ['ls-files', '--stage', chart], { cwd: repository });
    expect(stdout).toMatch(/^120000 .*files\/alerts\.yaml$/m);
  });

  it('lets Prometheus find the metrics with a token', async () => {
    const monitor = only(await render(full), 'ServiceMonitor');
    const service = only(await render(full), 'Service', 'release-zoom-connector');
    const { matchLabels } = monitor.spec['selector'] as { readonly matchLabels: Json };
    expect(service.metadata.labels).toMatchObject(matchLabels);
    expect(monitor.spec['endpoints']).toMatchObject([
      { port: 'http', path: '/metrics', scheme: 'https', authorization: { credentials: { name: 'scrape' } } },
    ]);
  });
});

describe('Chart.yaml', () => {
  it('names the version of the service', async () => {
    const { appVersion } = parse(await readFile(join(chart, 'Chart.yaml'), 'utf8')) as {
      readonly appVersion: string;
    };
    const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    expect(appVersion).toBe(version);
  });
});
