import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { CallKind, ExpectedProblem, Outcome } from './fault-rows.js';
import { judge } from './judge.js';
import { type OperationRow, operationRows } from './operation-rows.js';
import { openTheatre, type Run, run, type Spot, spotsOf } from './run-case.js';

const requestTimeoutMs = 700;
/** Zoom works on the call long after we gave it up. */
const delayMs = 3_000;
const action = { kind: 'delay', ms: delayMs } as const;

const timedOut: ExpectedProblem = { exception: 'ConnectionBrokenException', status: 502 };

function outcomeOf(kind: CallKind): Outcome {
  return kind === 'never' ? { ...timedOut, unknown: true } : 'done';
}

/** What is late still lands: nothing may be doubled or undone by it. */
async function meetsDelays(operation: OperationRow): Promise<void> {
  const theatre = await openTheatre(operation.settings, { requestTimeoutMs });
  const spots: readonly Spot[] = spotsOf(await run(theatre, operation));
  const results: Run[] = [];
  for (const { created, kind, method, nth, path } of spots) {
    const outcome = outcomeOf(kind);
    const result = await run(theatre, operation, { match: { method, path, nth }, action });
    judge(result, outcome, created);
    results.push(result);
  }
  await sleep(delayMs);
  const effects = results.flatMap(({ scenario }) =>
    Object.entries(scenario.effects).map(([name, effect]) => [name, effect()]),
  );
  expect(effects).toEqual(effects.map(([name]) => [name, true]));
}

it('waits no longer than configured for any call, and repeats it', async () => {
  await Promise.all(operationRows.map(meetsDelays));
});
