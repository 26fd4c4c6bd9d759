import { spawn } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { describeWithTools } from '../support/deploy-tools.js';
import { listenOn } from '../support/raw-client.js';
import { freePort } from '../support/redis-server.js';
import { repository, runTool } from '../support/run-tool.js';
import { startService } from '../support/service.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

interface Settings {
  readonly scrape_configs: readonly [Readonly<Record<string, unknown>>];
}

/** What Prometheus knows about the service. */
interface Targets {
  readonly data: {
    readonly activeTargets: readonly {
      readonly health: 'up' | 'down' | 'unknown';
      readonly lastError: string;
    }[];
  };
}

describeWithTools('Prometheus with prometheus.yaml', ['prometheus'], () => {
  const folder = useTemporaryFolder('file');

  beforeAll(async () => {
    await cp(join(repository, 'deploy'), folder.path, { recursive: true });
    await runTool('bash', [join(folder.path, 'make-secrets.sh')], {
      cwd: folder.path,
      input: 'canary-of-zoom',
    });
  });

  /** The file as it is, but for places: of the service, of secrets and of rules; and it scrapes without delay. */
  async function settings(port: number): Promise<string> {
    const text = await readFile(join(folder.path, 'prometheus.yaml'), 'utf8');
    const { scrape_configs, ...rest } = parse(
      text
        .replaceAll('/run/secrets', join(folder.path, 'secrets'))
        .replaceAll('/etc/prometheus', folder.path),
    ) as Settings;
    const { dns_sd_configs: _, ...scrape } = scrape_configs[0];
    const static_configs = [{ targets: [`127.0.0.1:${port}`] }];
    const file = join(folder.path, 'outside.yaml');
    const changed = {
      ...rest,
      global: { scrape_interval: '1s' },
      scrape_configs: [{ ...scrape, static_configs }],
    };
    await writeFile(file, stringify(changed));
    return file;
  }

  /** Starts Prometheus. @returns a function that asks its API, and one that ends it */
  async function startPrometheus(service: { readonly port: number }) {
    const port = await freePort();
    const args = [
      `--config.file=${await settings(service.port)}`,
      `--storage.tsdb.path=${join(folder.path, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const prometheus = spawn('prometheus', args, { stdio: 'ignore' });
    const ended = new Promise((resolve) => prometheus.on('close', resolve));
    const ask = async (path: string): Promise<unknown> => {
      if (prometheus.exitCode !== null) throw new Error(`prometheus ended with ${prometheus.exitCode}`);
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`).catch(() => undefined);
      return answer?.ok === true ? answer.json() : undefined;
    };
    const stop = async () => {
      prometheus.kill();
      await ended;
    };
    return { ask, stop };
  }

  /** Waits for the first scrape that succeeds; one that is refused will never. */
  async function scraped(ask: (path: string) => Promise<unknown>): Promise<void> {
    for (;;) {
      const [target] = ((await ask('targets')) as Targets | undefined)?.data.activeTargets ?? [];
      if (target?.health === 'up') return;
      if (target?.lastError.includes('HTTP status') === true) throw new Error(target.lastError);
      await sleep(20);
    }
  }

  it('gets the metrics of the service with the token that make-secrets.sh made, and has the rules', async () => {
    const [, tokens = ''] =
      /^BEARER_TOKENS='(.*)'$/m.exec(await readFile(join(folder.path, '.env'), 'utf8')) ?? [];
    const bearerTokens = JSON.parse(tokens) as object;
    const service = await startService({ server: { authentication: { bearerTokens } } });
    const listening = await listenOn(service);
    const { ask, stop } = await startPrometheus(listening);
    try {
      await scraped(ask);
      expect(await ask('query?query=zoom_connector_open_requests')).toMatchObject({
        data: { result: [{ metric: { job: 'zoom-connector' } }] },
      });
      const { groups } = parse(await readFile(join(folder.path, 'alerts.yaml'), 'utf8')) as {
        readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
      };
      expect(await ask('rules')).toMatchObject({
        data: { groups: groups.map(({ rules }) => ({ rules: rules.map(({ alert }) => ({ name: alert })) })) },
      });
    } finally {
      await stop();
      await listening.close();
      await service.close();
    }
  });
});
