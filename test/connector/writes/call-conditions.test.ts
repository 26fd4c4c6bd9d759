import { describe, expect, it } from '@jest/globals';
import { ConnectorError } from '../../../src/connid/errors.js';
import type { Call } from '../../../src/connector/object-class/call.js';
import { withCallConditions } from '../../../src/connector/writes/call-conditions.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { testContext } from '../../support/zoom-client.js';

const read: Call = { endpoint: userEndpoints.getUser, params: { userId: 'x' }, why: 'test' };
const awaits = {
  what: 'The record',
  isThere: (answer: unknown) => answer === 'there',
  isMissing: ({ kind }: ConnectorError) => kind === 'unknownUid',
};

function target(answers: readonly unknown[]) {
  const state = { sent: 0, pauses: [] as number[] };
  const intercept = withCallConditions((ms) => {
    state.pauses.push(ms);
    return Promise.resolve();
  });
  const careful = intercept({
    send: () => {
      const answer = answers[Math.min(state.sent, answers.length - 1)];
      state.sent += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  return { careful, state };
}

describe('a careful target', () => {
  it('checks the answer', async () => {
    const { careful } = target(['wrong']);
    const expectNothing = (answer: unknown) => {
      throw new Error(`got ${String(answer)}`);
    };
    await expect(careful.send({ ...read, expect: expectNothing }, testContext())).rejects.toThrow(
      'got wrong',
    );
  });

  it('tells a refusal in the words of the call', async () => {
    const { careful } = target([new ConnectorError('unknownUid', 'no')]);
    const refused = (error: ConnectorError) => error.with({ hint: 'words' });
    await expect(careful.send({ ...read, refused }, testContext())).rejects.toMatchObject({
      details: { hint: 'words' },
    });
  });

  it('waits for what takes a moment, ever longer', async () => {
    const { careful, state } = target([new ConnectorError('unknownUid', 'no'), 'not yet', 'there']);
    expect(await careful.send({ ...read, awaits }, testContext())).toBe('there');
    expect(state).toEqual({ sent: 3, pauses: [250, 500] });
  });

  it('does not wait after a failure of another kind', async () => {
    const { careful, state } = target([new ConnectorError('connectorIO', 'broken')]);
    await expect(careful.send({ ...read, awaits }, testContext())).rejects.toThrow('broken');
    expect(state.sent).toBe(1);
  });

  it('gives up within bounds', async () => {
    const { careful, state } = target(['not yet']);
    await expect(careful.send({ ...read, awaits }, testContext())).rejects.toMatchObject({
      kind: 'retryable',
      details: { retryAfter: 10 },
    });
    expect(state.sent).toBe(7);
  });
});
