import { beforeAll, describe, expect, it } from '@jest/globals';
import { faultRows } from './fault-rows.js';
import { assertOutcome } from './assert-outcome.js';
import { operationRows } from './operation-rows.js';
import {
  ioErrorRetries,
  setUpFaults,
  run,
  type FaultPoint,
  faultPointsOf,
  type FaultSetup,
} from './run-case.js';

/** Calls beyond those of a run without faults: the repetition, and a look before it. */
const extraOnce = 2;
/** With the repetitions of one call used up, and a look after each. */
const extraAlways = 2 * (ioErrorRetries + 1);

describe.each(operationRows)('$name', (operation) => {
  let setup: FaultSetup;
  let points: readonly FaultPoint[];

  beforeAll(async () => {
    setup = await setUpFaults(operation.settings);
    const baseline = await run(setup, operation);
    assertOutcome(baseline, 'done', false);
    points = faultPointsOf(baseline);
  });

  it.each(faultRows)('meets $name once, at each of its calls', async ({ action, name, once }) => {
    for (const point of points) {
      const { created, method, nth, path } = point;
      const outcome = operation.toleratesFault?.(name, path) === true ? 'done' : once(point);
      const result = await run(setup, operation, { match: { method, path, nth }, action });
      assertOutcome(result, outcome, created);
      expect(result.calls.length).toBeLessThanOrEqual(points.length + extraOnce);
    }
  });

  it.each(faultRows)('meets $name always, at each kind of its calls', async ({ action, always, name }) => {
    for (const point of points.filter(({ nth }) => nth === 1)) {
      const { created, method, path } = point;
      const outcome = operation.toleratesFault?.(name, path) === true ? 'done' : always(point);
      const result = await run(setup, operation, { match: { method, path }, action });
      assertOutcome(result, outcome, created);
      expect(result.calls.length).toBeLessThanOrEqual(points.length + extraAlways);
    }
  });
});
