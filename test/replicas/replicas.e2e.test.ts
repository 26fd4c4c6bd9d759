import { afterEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatorOptions } from '../../src/simulator/options/options.js';
import { until } from '../support/raw-client.js';
import { type Answered, type Replica, type ServiceGroup, startGroup } from './service-group.js';

let group: ServiceGroup;
afterEach(() => group.close());

async function start(
  replicas: number,
  account: Partial<SimulatorOptions>,
  onOutage?: 'continue' | 'refuseWrites',
): Promise<void> {
  group = await startGroup({ replicas, account, ...(onOutage !== undefined && { onOutage }) });
}

const activeUids = (): string[] =>
  [...group.simulator.state.users.all()].filter(({ status }) => status === 'active').map(({ id }) => id);

const dept = (uid: string, value: string): object => ({
  objectClass: 'ZoomUser',
  uid,
  deltas: [{ name: 'DEPT', valuesToReplace: [value] }],
});

const calls = (method: string, path: RegExp) =>
  group.simulator.requests.filter((request) => request.method === method && path.test(request.path));

/** Does many things, so many at a time. */
async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

describe('replicas of the service', () => {
  it('need one token', async () => {
    await start(3, { users: 20 });
    const [uid] = activeUids();
    const get = { objectClass: 'ZoomUser', uid };
    const answers = await Promise.all(group.replicas.map((replica) => replica.post('get', get)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(calls('POST', /^\/oauth\/token/)).toHaveLength(1);
  });

  it('keep to the published rate together', async () => {
    await start(3, { users: 100, plan: 'pro', latencyMs: { min: 50, max: 150 } });
    const uids = activeUids();
    const seconds = 20;
    let [isOver, failed] = [false, 0];
    const reader = async (replica: Replica, uid: string): Promise<void> => {
      while (!isOver) {
        const { status } = await replica.post('get', { objectClass: 'ZoomUser', uid, options: list });
        if (status !== 200) failed += 1;
      }
    };
    const list = { attributesToGet: ['DEPT'] };
    const readers = group.replicas.flatMap((replica, index) =>
      uids.slice(index * 16, (index + 1) * 16).map((uid) => reader(replica, uid)),
    );
    await sleep(5_000);
    const before = group.simulator.log.total;
    await sleep(seconds * 1_000);
    const sent = group.simulator.log.total - before;
    isOver = true;
    await Promise.all(readers);
    const refused = group.simulator.requests.filter(({ status }) => status === 429).length;
    process.stdout.write(
      `    ${((100 * sent) / (30 * seconds)).toFixed(1)} % of the rate, ${refused} times 429\n`,
    );
    expect(failed).toBe(0);
    // How much of the rate is used, and that nothing is refused, is measured by bench:replicas. On a busy machine
    // requests stand still between their departure and Zoom.
    expect(refused).toBeLessThanOrEqual(sent / 100);
    expect(sent).toBeGreaterThan(0.5 * 30 * seconds);
    expect(sent).toBeLessThanOrEqual(30 * (seconds + 1));
  });

  it('leave what a serial execution leaves', async () => {
    await start(3, { users: 120, latencyMs: { min: 1, max: 10 }, requestLogSize: 100_000 });
    const uids = activeUids().slice(0, 50);
    const updates = Array.from({ length: 1_000 }, (_, index) => ({
      uid: uids[index % 50] ?? '',
      value: `D${index}`,
    }));
    await inParallel(updates, 48, async ({ uid, value }) => {
      expect((await group.any().post('update-delta', dept(uid, value))).status).toBe(200);
    });
    for (const uid of uids) {
      const of = group.simulator.requests.filter(({ path }) => path.endsWith(`/users/${uid}`));
      // Read and write take turns: no operation reads between the read and the write of another one.
      expect(of.map(({ method }) => method)).toEqual(Array(20).fill(['GET', 'PATCH']).flat());
      const [last] = of.slice(-1);
      expect(group.simulator.state.users.byId(uid)?.dept).toBe((last?.body as { dept: string }).dept);
    }
  });

  it('create one user, however many are asked at once', async () => {
    await start(3, { users: 20, latencyMs: { min: 10, max: 50 } });
    const before = [...group.simulator.state.users.all()].length;
    const names = Array.from({ length: 20 }, (_, index) => `new${index}@example.com`);
    const answers: Answered[] = [];
    await inParallel([...names, ...names, ...names], 30, async (name) => {
      const attributes = { __NAME__: name, FIRST_NAME: 'A', LAST_NAME: 'B', TYPE: 1 };
      answers.push(await group.any().post('create', { objectClass: 'ZoomUser', attributes }));
    });
    const with_ = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([with_(201), with_(409)]).toEqual([20, 40]);
    expect([...group.simulator.state.users.all()].length).toBe(before + 20);
  });

  it('walk on from page to page wherever the next one is asked for, at the usual cost', async () => {
    await start(2, { users: 3_000, maxUserPageSize: 300, requestLogSize: 10_000 });
    const walk = async (next: (page: number) => Replica): Promise<{ uids: string[]; calls: number[] }> => {
      const [uids, counts]: [string[], number[]] = [[], []];
      let cookie: unknown;
      do {
        const before = group.simulator.log.total;
        const options = { pageSize: 500, attributesToGet: ['DEPT'] };
        const { body } = await next(counts.length).post('search', {
          objectClass: 'ZoomUser',
          options: { ...options, ...(typeof cookie === 'string' && { pagedResultsCookie: cookie }) },
        });
        uids.push(...(body['results'] as { uid: string }[]).map(({ uid }) => uid));
        counts.push(group.simulator.log.total - before);
        cookie = body['pagedResultsCookie'];
      } while (typeof cookie === 'string');
      return { uids, calls: counts };
    };
    const [one, two] = group.replicas as [Replica, Replica];
    const alone = await walk(() => one);
    const changing = await walk((page) => (page % 2 === 0 ? one : two));
    expect(new Set(changing.uids).size).toBe(3_000);
    expect(changing.uids).toEqual(alone.uids);
    for (const [page, count] of changing.calls.entries()) {
      expect(count).toBeLessThanOrEqual((alone.calls[page] ?? 0) + 1);
    }
  });

  it('see what another one has just written, whatever Zoom still shows', async () => {
    await start(2, { users: 20 });
    const [uid = ''] = activeUids();
    const [one, two] = group.replicas as [Replica, Replica];
    // Zoom confirms the write, and shows the old value.
    const action = { kind: 'ignore' } as const;
    group.simulator.faults.add({ match: { method: 'PATCH', path: '/users/{userId}' }, action });
    expect((await one.post('update-delta', dept(uid, 'just written'))).status).toBe(200);
    const { body } = await two.post('get', { objectClass: 'ZoomUser', uid });
    expect(body['attributes']).toMatchObject({ DEPT: 'just written' });
  });
});

it('replicas reach a Redis with TLS whose issuer they trust', async () => {
  const file = (name: string): string => join(import.meta.dirname, '../support/tls', name);
  const tls = { cert: file('server.pem'), key: file('server.key'), ca: file('ca.pem') };
  group = await startGroup({ replicas: 2, account: { users: 20 }, tls });
  const [uid = ''] = activeUids();
  for (const replica of group.replicas) {
    expect((await replica.post('update-delta', dept(uid, 'TLS'))).status).toBe(200);
    expect(await replica.get('/readyz')).toContain('"redis":"up"');
  }
});

describe('replicas whose Redis', () => {
  const happenings: Readonly<Record<string, () => Promise<void>>> = {
    'is stopped and started again': async () => {
      await group.redis.crash();
      await sleep(3_000);
      await group.redis.restart();
    },
    'is restarted': () => group.redis.restart(),
    'stands still for a while': async () => {
      group.redis.process.kill('SIGSTOP');
      await sleep(3_000);
      group.redis.process.kill('SIGCONT');
    },
    'loses its data': async () => {
      const connection = await group.redis.connect();
      await connection.command('FLUSHALL');
      connection.close();
    },
  };

  it.each(Object.keys(happenings))('%s lose nothing and double nothing', async (what) => {
    await start(3, { users: 120, latencyMs: { min: 10, max: 60 } });
    const before = [...group.simulator.state.users.all()].length;
    const uids = activeUids().slice(0, 30);
    const rounds = Array.from({ length: 300 }, (_, index) => index);
    let done = 0;
    const happens = until(() => done >= 60).then(happenings[what]);
    const last = new Map<string, string>();
    // Updates of one user follow each other; creates of one name race.
    const updates = inParallel(uids, 30, async (uid) => {
      for (const round of rounds.slice(0, 10)) {
        const value = `D${round}`;
        expect((await group.persistent('update-delta', dept(uid, value))).status).toBe(200);
        last.set(uid, value);
        done += 1;
      }
    });
    const creates = inParallel(rounds.slice(0, 40), 4, async (round) => {
      const attributes = {
        __NAME__: `new${round % 20}@example.com`,
        FIRST_NAME: 'A',
        LAST_NAME: 'B',
        TYPE: 1,
      };
      const { status } = await group.persistent('create', { objectClass: 'ZoomUser', attributes });
      expect([201, 409]).toContain(status);
    });
    await Promise.all([updates, creates, happens]);
    for (const uid of uids) expect(group.simulator.state.users.byId(uid)?.dept).toBe(last.get(uid));
    expect([...group.simulator.state.users.all()].length).toBe(before + 20);
    const isUp = async (replica: Replica): Promise<boolean> =>
      (await replica.get('/readyz')).includes('"redis":"up"');
    for (const replica of group.replicas) while (!(await isUp(replica))) await sleep(100);
  });

  it('is away say so, once, and go on', async () => {
    await start(2, { users: 20 });
    const [uid = ''] = activeUids();
    const [replica] = group.replicas as [Replica];
    await replica.post('get', { objectClass: 'ZoomUser', uid });
    group.redis.process.kill('SIGSTOP');
    const { ms, status } = await replica.post('get', { objectClass: 'ZoomUser', uid });
    process.stdout.write(`    a get while Redis stands still: ${Math.round(ms)} ms\n`);
    expect(status).toBe(200);
    expect((await replica.post('update-delta', dept(uid, 'alone'))).status).toBe(200);
    const ready = JSON.parse(await replica.get('/readyz')) as object;
    expect(ready).toMatchObject({ status: 'ready', state: { redis: 'away' } });
    expect(await replica.get('/metrics')).toContain('\nzoom_connector_redis_up 0\n');
    group.redis.process.kill('SIGCONT');
    while (!(await replica.get('/metrics')).includes('\nzoom_connector_redis_up 1\n')) await sleep(100);
    const warnings = (message: string) => replica.logged(message).filter(({ level }) => level === 'warn');
    // The log is written in batches.
    await until(() => warnings('Redis is there').length > 0);
    expect([warnings('Redis is away').length, warnings('Redis is there').length]).toEqual([1, 1]);
  });

  it('is away refuse writes if they are told to', async () => {
    await start(2, { users: 20 }, 'refuseWrites');
    const [uid = ''] = activeUids();
    const [replica] = group.replicas as [Replica];
    expect((await replica.post('update-delta', dept(uid, 'with'))).status).toBe(200);
    await group.redis.crash();
    expect(await replica.post('update-delta', dept(uid, 'without'))).toMatchObject({
      status: 503,
      body: { exception: 'RetryableException', retryAfter: 5 },
    });
    expect((await replica.post('get', { objectClass: 'ZoomUser', uid })).status).toBe(200);
    expect(group.simulator.state.users.byId(uid)?.dept).toBe('with');
  });
});

it('a replica that is killed while it holds a lock keeps others from the object no longer than its lease', async () => {
  await start(2, { users: 20 });
  const [uid = ''] = activeUids();
  const [killed, other] = group.replicas as [Replica, Replica];
  const match = { method: 'PATCH', path: '/users/{userId}', nth: 1 };
  group.simulator.faults.add({ match, action: { kind: 'delay', ms: 16_000 } });
  const left = killed.post('update-delta', dept(uid, 'never confirmed')).catch(() => undefined);
  await until(() => calls('PATCH', /users/).length === 1);
  killed.process.kill('SIGKILL');
  await left;
  const { ms, status } = await other.post('update-delta', dept(uid, 'after it'));
  process.stdout.write(`    the other one went on after ${Math.round(ms)} ms\n`);
  expect(status).toBe(200);
  expect(group.simulator.state.users.byId(uid)?.dept).toBe('after it');
});
