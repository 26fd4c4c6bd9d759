import { beforeAll, describe, expect, it } from '@jest/globals';
import { faultRows } from './fault-rows.js';
import { judge } from './judge.js';
import { operationRows } from './operation-rows.js';
import { ioErrorRetries, openTheatre, run, type Spot, spotsOf, type Theatre } from './run-case.js';

/** Calls beyond those of a run without faults: the repetition, and a look before it. */
const extraOnce = 2;
/** With the repetitions of one call used up, and a look after each. */
const extraAlways = 2 * (ioErrorRetries + 1);

describe.each(operationRows)('$name', (operation) => {
  let theatre: Theatre;
  let spots: readonly Spot[];

  beforeAll(async () => {
    theatre = await openTheatre(operation.settings);
    const baseline = await run(theatre, operation);
    judge(baseline, 'done', false);
    spots = spotsOf(baseline);
  });

  it.each(faultRows)('meets $name once, at each of its calls', async ({ action, name, once }) => {
    for (const spot of spots) {
      const { created, method, nth, path } = spot;
      const outcome = operation.shrugsOff?.(name, path) === true ? 'done' : once(spot);
      const result = await run(theatre, operation, { match: { method, path, nth }, action });
      judge(result, outcome, created);
      expect(result.calls.length).toBeLessThanOrEqual(spots.length + extraOnce);
    }
  });

  it.each(faultRows)('meets $name always, at each kind of its calls', async ({ action, always, name }) => {
    for (const spot of spots.filter(({ nth }) => nth === 1)) {
      const { created, method, path } = spot;
      const outcome = operation.shrugsOff?.(name, path) === true ? 'done' : always(spot);
      const result = await run(theatre, operation, { match: { method, path }, action });
      judge(result, outcome, created);
      expect(result.calls.length).toBeLessThanOrEqual(spots.length + extraAlways);
    }
  });
});
