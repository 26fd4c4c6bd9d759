import { afterEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { LoopTurns } from '../../../src/connector/loop-turns.js';
import type { Call } from '../../../src/connector/object-class/call.js';
import type { ZoomClientOptions } from '../../../src/zoom/client/options.js';
import type { ZoomClient } from '../../../src/zoom/client/zoom-client.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { fastClock } from '../../support/fast-clock.js';
import { until } from '../../support/raw-client.js';
import { type ScriptedAnswer, scriptedServer, type ScriptedServer } from '../../support/scripted-server.js';
import { untilSteady } from '../../support/virtual-time.js';
import { testClient, testContext } from '../../support/zoom-client.js';

const mebibyte = 1024 * 1024;
const getUser: Call = {
  endpoint: userEndpoints.getUser,
  params: { userId: 'KDcuGIm1QgePTO8WbOqwIQ' },
  why: 'test',
};

let server: ScriptedServer;
let client: ZoomClient;
afterEach(async () => {
  await client.close();
  await server.close();
});

async function start(
  script: readonly ScriptedAnswer[],
  changes: Partial<ZoomClientOptions> = {},
  tokens: readonly ScriptedAnswer[] = [],
): Promise<void> {
  server = await scriptedServer(script, tokens);
  client = testClient(server.url, { ioErrorRetries: 0, ...changes }, { clock: fastClock(1e6) });
}

/** JSON of so many bytes. */
const ofSize = (bytes: number): string => `{"name":"${'x'.repeat(bytes - 11)}"}`;

const send = (): Promise<unknown> => client.send(getUser, testContext());

/** Writes text without end, in chunks, as long as the connection stands. */
function endless(_: unknown, response: ServerResponse): void {
  const write = (): void => {
    while (!response.destroyed && response.write('x'.repeat(mebibyte)));
    if (!response.destroyed) response.once('drain', write);
  };
  write();
}

const tooLarge = {
  exception: 'ConnectorIOException',
  message: 'The answer to getUser is larger than any of Zoom (ERR_ANSWER_TOO_LARGE).',
};

describe('a large answer', () => {
  it('is read up to 16 MiB', async () => {
    const text = ofSize(16 * mebibyte);
    await start([{ text }]);
    expect(await send()).toEqual(JSON.parse(text));
  });

  it.each<[string, ScriptedAnswer]>([
    ['whose length is known', { text: ofSize(16 * mebibyte + 1) }],
    ['that never ends', endless],
    [
      'that is small when it is packed',
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync(ofSize(16 * mebibyte + 1)));
      },
    ],
    ['of an error', { status: 400, text: ofSize(16 * mebibyte + 1) }],
  ])('%s is refused', async (_, answer) => {
    await start([answer]);
    await expect(send()).rejects.toMatchObject(tooLarge);
    expect(client.state()).toMatchObject({ reachable: false });
  });

  it('of the token endpoint is refused above 1 MiB', async () => {
    const token = { access_token: 't', scope: 'x '.repeat(mebibyte / 2) };
    await start([{ json: { id: 'x' } }], {}, [{ json: token }]);
    await expect(send()).rejects.toMatchObject({ exception: 'ConnectorIOException' });
  });

  it.each<[string, ScriptedAnswer]>([
    ['breaks off', (_, response) => void response.writeHead(200).write('{"id":', () => response.destroy())],
    [
      'breaks off behind its length',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"id":', () => response.destroy());
      },
    ],
    [
      'cannot be unpacked',
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    ],
  ])('that %s is a failure of the connection', async (_, answer) => {
    await start([answer]);
    await expect(send()).rejects.toMatchObject({ exception: 'ConnectionBrokenException' });
  });
});

describe('answers that hold as much as they may', () => {
  /** Answers of 12 MiB whose last byte waits. */
  function held(): { readonly answer: ScriptedAnswer; readonly responses: ServerResponse[] } {
    const responses: ServerResponse[] = [];
    const text = ofSize(12 * mebibyte);
    const answer = (_: unknown, response: ServerResponse): void => {
      responses.push(response);
      response.write(text.slice(0, -1));
    };
    return { answer, responses };
  }

  it('are read one after the other, and none is lost', async () => {
    const { answer, responses } = held();
    await start([answer], { maxAnswerBytes: 32 * mebibyte });
    const answers = Promise.all(Array.from({ length: 6 }, send));
    await until(() => responses.length === 6);
    // One has all the room, the others wait in the sockets: what is not read is not sent either.
    await until(() => responses.some(({ writableLength }) => writableLength === 0));
    expect(responses.filter(({ writableLength }) => writableLength > 0).length).toBeGreaterThanOrEqual(3);
    responses.forEach((response) => response.end('}'));
    expect(new Set((await answers).map((value) => JSON.stringify(value).length))).toEqual(
      new Set([12 * mebibyte]),
    );
  });

  it('let a caller go who waits for room', async () => {
    const { answer, responses } = held();
    await start([answer], { maxAnswerBytes: 16 * mebibyte });
    const first = send();
    await until(() => responses.length === 1);
    await until(() => responses[0]?.writableLength === 0);
    const gone = new AbortController();
    const second = client.send(getUser, testContext(gone.signal));
    await until(() => responses.length === 2);
    gone.abort();
    await expect(second).rejects.toMatchObject({ exception: 'ConnectionBrokenException' });
    responses[0]?.end('}');
    await first;
    const third = send();
    await until(() => responses.length === 3);
    responses[2]?.end('}');
    await third;
  });

  it('end after the time of a request', async () => {
    const { answer } = held();
    await start([answer], { maxAnswerBytes: 16 * mebibyte, requestTimeoutMs: 300 });
    const ends = await Promise.allSettled([send(), send(), send()]);
    const messages = ends.map((end) => (end.status === 'rejected' ? String(end.reason) : 'read'));
    expect(messages).toEqual(Array(3).fill(expect.stringContaining('(timeout)')));
  });
});

describe('the answers to several searches', () => {
  it('are read one in a turn of the event loop, if reading one takes a slice', async () => {
    await start([{ text: ofSize(1000) }]);
    let time = 0;
    const due: (() => void)[] = [];
    const turns = new LoopTurns(
      () => (time += 5),
      (resume) => due.push(resume),
    );
    const read: number[] = [];
    const calls = [0, 1, 2, 3].map(async (call) => {
      await client.send(getUser, { ...testContext(), turns });
      read.push(call);
    });
    for (let turn = 1; turn <= calls.length; turn += 1) {
      await until(() => read.length === turn && due.length === 1);
      await untilSteady(() => read.length);
      expect(read).toHaveLength(turn);
      for (const resume of due.splice(0)) resume();
    }
    await Promise.all(calls);
  });
});
