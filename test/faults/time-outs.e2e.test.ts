import { describe, expect, it } from '@jest/globals';
import { until } from '../support/raw-client.js';
import { flowUntil, pass, useVirtualTime } from '../support/virtual-time.js';
import type { CallKind, ExpectedProblem, Outcome } from './fault-rows.js';
import { assertOutcome } from './assert-outcome.js';
import { type OperationRow, operationRows } from './operation-rows.js';
import { setUpFaults, type Run, run, faultPointsOf, type FaultSetup } from './run-case.js';

const requestTimeoutMs = 20_000;
/** Zoom works on the call long after the client has given it up. */
const delayMs = 60_000;
const action = { kind: 'delay', ms: delayMs } as const;

const timedOut: ExpectedProblem = { exception: 'ConnectionBrokenException', status: 502 };

function outcomeOf(kind: CallKind): Outcome {
  return kind === 'never' ? { ...timedOut, unknown: true } : 'done';
}

/** Runs an operation while Zoom delays one of its calls beyond the time-out. */
async function runDelayed(
  setup: FaultSetup,
  operation: OperationRow,
  match: { method: string; path: string; nth: number },
): Promise<Run> {
  const { faults } = setup.service.simulator;
  const running = run(setup, operation, { match, action });
  await until(() => faults.list()[0]?.struck === 1);
  await pass(requestTimeoutMs);
  return flowUntil(running);
}

describe('a time-out', () => {
  useVirtualTime();

  it.each(operationRows.map((row) => [row.name, row] as const))(
    'of any call of %s ends the call at the configured time, and late work does no harm',
    async (_, operation) => {
      const setup = await setUpFaults(operation.settings, { requestTimeoutMs });
      const results: Run[] = [];
      for (const { created, kind, method, nth, path } of faultPointsOf(await run(setup, operation))) {
        const result = await runDelayed(setup, operation, { method, path, nth });
        assertOutcome(result, outcomeOf(kind), created);
        results.push(result);
        await pass(delayMs);
      }
      const effects = results.flatMap(({ scenario }) =>
        Object.entries(scenario.effects).map(([name, effect]) => [name, effect()]),
      );
      expect(effects).toEqual(effects.map(([name]) => [name, true]));
      await setup.service.close();
    },
  );
});
