import { Duplex } from 'node:stream';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { helloResponse } from '../../../src/connid-server/messages/answers.js';
import { serveSession } from '../../../src/connid-server/session/session.js';
import { WireStream } from '../../../src/connid-server/session/wire-stream.js';
import { WrongKeys } from '../../../src/connid-server/session/wrong-keys.js';
import { assertProperty } from '../../support/assert-property.js';
import { describeWithShared } from '../../support/shared.js';
import { decodeStream, recordedSessions } from '../codec/golden.js';
import { counting, limits } from './fixture.js';

/** The peer has sent everything and ended its side. It reads what it gets. */
function peerThatSent(bytes: Uint8Array, chunkBytes: number): Duplex {
  let at = 0;
  return new Duplex({
    read() {
      const chunk = bytes.subarray(at, at + chunkBytes);
      at += chunkBytes;
      this.push(chunk.length === 0 ? null : chunk);
    },
    write: (_chunk, _encoding, done) => done(),
  });
}

/** Serves a session, with a host that has the right key. @returns the reasons why it was refused. */
async function served(bytes: Uint8Array, chunkBytes: number, results = 300): Promise<readonly string[]> {
  const refusals: string[] = [];
  await serveSession(new WireStream(peerThatSent(bytes, chunkBytes)), {
    keyOf: () => 'key 1',
    wrongKeys: new WrongKeys(() => 0),
    peer: '192.0.2.1',
    limits,
    hello: (infoLevel) => helloResponse({ startedAt: infoLevel }),
    operate: ({ request }) => ({
      results: counting(results),
      hasHandler: request.operation === 'SearchApiOp',
      abort: () => undefined,
    }),
    refused: (reason) => refusals.push(reason),
    busy: () => undefined,
  });
  return refusals;
}

describeWithShared('sessions of recorded hosts', () => {
  const sessions = recordedSessions().filter(({ fromClient }) => fromClient.length < 10_000);

  it('are served to their end', async () => {
    expect(sessions.length).toBeGreaterThan(10);
    for (const { fromClient, fromServer } of sessions) {
      const kinds = decodeStream(fromServer, 10_000).map((message) => message?.kind);
      const pauses = kinds.filter((kind) => kind === 'OperationResponsePause').length;
      // The host answers as many questions if it wants more as it was asked.
      expect(await served(fromClient, 100, 200 * pauses + 1)).toEqual([]);
    }
  });

  it('end, whatever byte is changed or missing', async () => {
    await assertProperty(
      fc.asyncProperty(
        fc.constantFrom(...sessions.map(({ fromClient }) => fromClient)),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        async (stream, part, byte, isCut) => {
          const at = Math.floor(part * stream.length);
          const changed = isCut ? stream.subarray(0, at) : Uint8Array.from(stream);
          if (!isCut) changed[at] = byte;
          expect((await served(changed, 1_000)).length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
