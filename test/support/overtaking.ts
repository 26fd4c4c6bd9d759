import fc from 'fast-check';
import type { Target } from '../../src/connector/object-class/call.js';

/** Numbers of turns that calls take. */
export const anyTurns = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 7 });

/**
 * A target around a double that answers at once: calls that are under way at the same time overtake one another, on the
 * way there and back.
 * @param turns - how long each way takes, over and over.
 */
export function overtaking(target: Target, turns: readonly number[]): Target {
  let count = 0;
  const wait = async (): Promise<void> => {
    const most = turns[(count += 1) % turns.length] ?? 0;
    for (let turn = 0; turn < most; turn += 1) await Promise.resolve();
  };
  return {
    send: async (call, context) => {
      await wait();
      const answer = await target.send(call, context);
      await wait();
      return answer;
    },
  };
}
