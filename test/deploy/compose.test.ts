import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { checkConfig } from '../../src/cli/check-config.js';
import { loadConfig } from '../../src/config/load-config.js';
import { connectState } from '../../src/redis/shared-state.js';
import { describeWithTools } from '../support/deploy-tools.js';
import { imageFacts } from '../support/image-facts.js';
import { until } from '../support/raw-client.js';
import { freePort } from '../support/redis-server.js';
import { repository, runTool } from '../support/run-tool.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes: readonly { readonly type: string; readonly source: string; readonly target: string }[];
  readonly secrets: readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period: string;
}

interface Compose {
  readonly services: Readonly<Record<'connector' | 'redis' | 'prometheus', Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, object>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const facts = imageFacts();
const folder = useTemporaryFolder('file');
let text: string;
let compose: Compose;

/** A copy of the folder in which an operator has made the secrets. */
beforeAll(async () => {
  await cp(join(repository, 'deploy'), folder.path, { recursive: true });
  const made = await makeSecrets();
  expect([made.code, made.stderr]).toEqual([0, '']);
  text = await readFile(join(folder.path, 'compose.yaml'), 'utf8');
  compose = parse(text, { merge: true }) as Compose;
});

const makeSecrets = (env: Readonly<Record<string, string>> = {}) =>
  runTool('bash', [join(folder.path, 'make-secrets.sh')], {
    cwd: folder.path,
    input: 'canary-of-zoom\n',
    env,
  });
const secret = (name: string) => readFile(join(folder.path, 'secrets', name), 'utf8');

/** The value of BEARER_TOKENS in the `.env` file that make-secrets.sh writes. */
async function bearerTokens(): Promise<string> {
  return /^BEARER_TOKENS='(.*)'$/m.exec(await readFile(join(folder.path, '.env'), 'utf8'))?.[1] ?? '';
}

/** A file of the folder that looks for secrets where they are, and not in a container. */
async function outside(name: string, replaced: readonly (readonly [string, string])[] = []): Promise<string> {
  const file = join(folder.path, `outside-${name.replaceAll('/', '-')}`);
  let content = await readFile(join(folder.path, name), 'utf8');
  for (const [from, to] of [['/run/secrets', join(folder.path, 'secrets')] as const, ...replaced]) {
    content = content.replaceAll(from, to);
  }
  await writeFile(file, content);
  return file;
}

describe('make-secrets.sh', () => {
  it('makes files that containers can read and others cannot reach', async () => {
    expect((await stat(join(folder.path, 'secrets'))).mode & 0o777).toBe(0o700);
    for (const { file } of Object.values(compose.secrets)) {
      expect((await stat(join(folder.path, file))).mode & 0o777).toBe(0o444);
    }
    expect(await secret('zoom-client-secret')).toBe('canary-of-zoom');
  });

  it('gives Redis and the connector the same password', async () => {
    const [, password = ''] = /^requirepass ([0-9a-f]{64})\n$/.exec(await secret('redis-password')) ?? [];
    expect(new URL(await secret('redis-url')).password).toBe(password);
    expect(new URL(await secret('redis-url')).hostname).toBe('redis');
  });

  it('publishes the digests of the tokens only', async () => {
    const sha256 = async (name: string) =>
      createHash('sha256')
        .update(await secret(name))
        .digest('hex');
    expect(JSON.parse(await bearerTokens())).toEqual([
      { name: 'platform', sha256: await sha256('platform-token'), scopes: ['read', 'write'] },
      { name: 'prometheus', sha256: await sha256('prometheus-token'), scopes: ['read'] },
    ]);
  });

  it('keeps what is there', async () => {
    const before = await Promise.all(Object.keys(compose.secrets).map(secret));
    await makeSecrets();
    expect(await Promise.all(Object.keys(compose.secrets).map(secret))).toEqual(before);
  });

  it.each(['prometheus', 'a b', '"'])('refuses the caller %s', async (CALLER) => {
    expect((await makeSecrets({ CALLER })).code).toBe(2);
  });
});

describe('compose.yaml', () => {
  it.each(['connector', 'redis', 'prometheus'] as const)('confines %s', (name) => {
    expect(compose.services[name]).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      deploy: { resources: { limits: { cpus: expect.anything(), memory: expect.anything() } } },
    });
  });

  it('runs every service as a user that is not root, with a health check', () => {
    const { connector, ...others } = compose.services;
    expect(facts.user).toBeGreaterThan(0);
    expect(connector.user).toBeUndefined();
    expect(facts.healthCommand).toContain(
      `:${compose.services.connector.ports?.[0]?.split(':').at(-1) ?? ''}/`,
    );
    for (const { healthcheck, user } of Object.values(others)) {
      expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
      expect(healthcheck).toBeDefined();
    }
  });

  it('mounts the configuration where the image looks for it', () => {
    expect(compose.services.connector.volumes).toEqual([
      { type: 'bind', source: './config', target: facts.configFolder, read_only: true },
    ]);
  });

  it('publishes the port of the image on the loopback interface only', () => {
    expect(facts.portSetting).toBe(facts.port);
    const ports = Object.values(compose.services).flatMap((service) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(compose.services.connector.ports?.[0]).toMatch(new RegExp(`:${facts.port}$`));
  });

  it('keeps Redis apart', () => {
    const { networks, ports } = compose.services.redis;
    expect([networks.map((name) => compose.networks[name]?.internal), ports]).toEqual([[true], undefined]);
  });

  it('waits for the end of a begun deactivation', async () => {
    const { config } = await loadConfig({ file: await outside('config/connector.json'), env: {} });
    const seconds = Number(/^(\d+)s$/.exec(compose.services.connector.stop_grace_period)?.[1]);
    expect(seconds).toBeGreaterThanOrEqual(config.server.shutdownGraceMs / 1000 + 60);
  });

  it('declares every network, secret and volume that a service uses', () => {
    for (const { networks, secrets, volumes } of Object.values(compose.services)) {
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining([...networks]));
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining([...secrets]));
      const named = volumes.filter(({ type }) => type === 'volume').map(({ source }) => source);
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
    }
  });

  it('hands every file of secrets that a service names to that service', async () => {
    const files = { connector: 'config/connector.json', redis: 'redis.conf', prometheus: 'prometheus.yaml' };
    for (const [name, file] of Object.entries(files)) {
      const content = await readFile(join(folder.path, file), 'utf8');
      const named = [...content.matchAll(/\/run\/secrets\/([\w-]+)/g)].map(([, found = '']) => found);
      expect(named.length).toBeGreaterThan(0);
      const given = compose.services[name as keyof typeof files].secrets;
      expect(named.filter((each) => !given.includes(each))).toEqual([]);
    }
  });

  it('hands every file of settings to the place where its service looks for it', async () => {
    const { redis, prometheus } = compose.services;
    const targetOf = ({ volumes }: Service, file: string) =>
      volumes.find(({ source }) => source === `./${file}`)?.target;
    expect(redis.command).toEqual(['redis-server', targetOf(redis, 'redis.conf')]);
    expect(prometheus.command).toContain(`--config.file=${targetOf(prometheus, 'prometheus.yaml') ?? ''}`);
    const { rule_files } = parse(await readFile(join(folder.path, 'prometheus.yaml'), 'utf8')) as {
      readonly rule_files: readonly string[];
    };
    expect(rule_files).toEqual([targetOf(prometheus, 'alerts.yaml')]);
  });

  it('lets the connector start with authentication', async () => {
    const [variable = ''] = Object.keys(compose.services.connector.environment ?? {});
    const env = { [variable]: await bearerTokens(), CONNECTOR_SERVER__HOST: '0.0.0.0' };
    const file = await outside('config/connector.json');
    expect(await checkConfig(file, env)).toEqual({
      ok: true,
      text: `The configuration ${file} is valid. It targets zoom.`,
    });
    const { config } = await loadConfig({ file, env });
    expect(config.server.authentication.bearerTokens.map(({ name }) => name)).toEqual([
      'platform',
      'prometheus',
    ]);
  });
});

describe('the scrape', () => {
  it('asks for the metrics of the service by its name in compose.yaml', async () => {
    const { scrape_configs } = parse(await readFile(join(folder.path, 'prometheus.yaml'), 'utf8')) as {
      readonly scrape_configs: readonly {
        readonly metrics_path: string;
        readonly dns_sd_configs: readonly { readonly names: readonly string[]; readonly port: number }[];
      }[];
    };
    expect(scrape_configs).toHaveLength(1);
    expect(facts.paths).toContain(scrape_configs[0]?.metrics_path);
    expect(scrape_configs[0]?.dns_sd_configs[0]).toMatchObject({ names: ['connector'], port: facts.port });
  });
});

describeWithTools('compose.yaml as Docker reads it', ['compose-spec'], () => {
  /** Lets the reader of the specification judge a text. It does not fill in variables, so they are filled in here. */
  async function judge(changed: string): Promise<readonly [number | null, string]> {
    const filled = changed.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1').replaceAll(/\$\{\w+:\?[^}]*\}/g, 'filled');
    const file = join(folder.path, 'filled.yaml');
    await writeFile(file, filled);
    const { code, stderr } = await runTool('compose-spec', ['-no-interpolation', file], { cwd: folder.path });
    return [code, stderr];
  }

  it('is valid', async () => {
    expect(await judge(text)).toEqual([0, '']);
  });

  it.each([
    ['a mistyped setting', 'read_only:', 'readonly:', 'readonly'],
    ['a list for a time', 'stop_grace_period: 10s', 'stop_grace_period: [10s]', 'stop_grace_period'],
    ['a wrong kind of value', 'networks: [state]', 'networks: state', 'networks'],
  ])('would not be valid with %s', async (_case, from, to, named) => {
    expect(text).toContain(from);
    expect(await judge(text.replaceAll(from, to))).toEqual([1, expect.stringContaining(named)]);
  });
});

describeWithTools('prometheus.yaml and alerts.yaml as Prometheus reads them', ['promtool'], () => {
  it('are valid', async () => {
    const file = await outside('prometheus.yaml', [['/etc/prometheus', folder.path]]);
    const { code, stdout } = await runTool('promtool', ['check', 'config', file], { cwd: folder.path });
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/1 rule files found[^]* is valid prometheus config/),
    ]);
  });

  it('would not be valid without the token', async () => {
    const file = await outside('prometheus.yaml', [['prometheus-token', 'absent-token']]);
    expect((await runTool('promtool', ['check', 'config', file], { cwd: folder.path })).code).toBe(1);
  });
});

describeWithTools('redis.conf as Redis reads it', ['redis-server', 'redis-cli'], () => {
  let server: ChildProcess;
  let port: number;
  const ask = async (...args: string[]) => {
    const { stdout } = await runTool('redis-cli', ['-p', String(port), ...args], { cwd: folder.path });
    return stdout.trim();
  };

  /** What make-secrets.sh gives the connector, but for the place. */
  async function redisUrl(): Promise<URL> {
    const url = new URL(await secret('redis-url'));
    url.hostname = '127.0.0.1';
    url.port = String(port);
    return url;
  }

  beforeAll(async () => {
    port = await freePort();
    const file = await outside('redis.conf', [
      ['bind * -::*', 'bind 127.0.0.1'],
      ['port 6379', `port ${port}`],
    ]);
    server = spawn('redis-server', [file], { cwd: folder.path, stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      server.on('close', (code) => reject(new Error(`redis-server ended with ${code ?? ''}`)));
      server.stdout?.setEncoding('utf8').on('data', (log: string) => {
        if (/ready to accept connections/i.test(log)) resolve();
      });
    });
  });

  afterAll(async () => {
    const ended = new Promise((resolve) => server.on('close', resolve));
    server.kill();
    await ended;
  });

  it('wants the password', async () => {
    expect(await ask('get', 'key')).toBe('NOAUTH Authentication required.');
  });

  it('never drops what is in use, and keeps nothing', async () => {
    const { password } = await redisUrl();
    const pairs = (await ask('--no-auth-warning', '-a', password, 'config', 'get', '*')).split('\n');
    const valueOf = (name: string) => pairs[pairs.indexOf(name) + 1];
    expect(valueOf('maxmemory-policy')).toBe('noeviction');
    expect(['appendonly', 'save', 'maxmemory'].map(valueOf)).toEqual(['no', '', '268435456']);
  });

  it('lets in a connector with the URL that make-secrets.sh made', async () => {
    const settings = { keyPrefix: 'test:', onOutage: 'continue' } as const;
    const state = connectState({ url: (await redisUrl()).href, ...settings }, () => undefined);
    await until(() => state.status()?.redis === 'up');
    state.close();
  });

  it('passes the health check', async () => {
    const [, command = ''] = compose.services.redis.healthcheck?.test ?? [];
    const check = async (where: string) => {
      const here = command.replace('redis-cli', `redis-cli ${where}`);
      return (await runTool('sh', ['-c', here], { cwd: folder.path })).code;
    };
    expect(await check(`-p ${port}`)).toBe(0);
    expect(await check('-s /absent')).toBe(1);
  });
});
