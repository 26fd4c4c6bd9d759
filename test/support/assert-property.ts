import fc from 'fast-check';

/**
 * A property that has run for so long makes no further runs: a slow machine tries fewer values. Who asks for a number
 * of runs gets them all.
 */
const hasNumber = ['MODEL_RUNS', 'CODEC_RUNS'].some((name) => process.env[name] !== undefined);
const limitMs = hasNumber ? Infinity : 10_000;

/**
 * Holds a property against random values, as `fc.assert` does, within the time limit; the first run is always made.
 * `fc.interruptAfterTimeLimit` is no help: it leaves the run of an asynchronous property that it interrupts under way,
 * beside the next test.
 */
export function assertProperty<Ts>(
  property: fc.IAsyncProperty<Ts>,
  parameters?: fc.Parameters<Ts>,
): Promise<void>;
export function assertProperty<Ts>(property: fc.IProperty<Ts>, parameters?: fc.Parameters<Ts>): void;
export function assertProperty<Ts>(
  property: fc.IRawProperty<Ts>,
  parameters: fc.Parameters<Ts> = {},
): Promise<void> | void {
  return fc.assert(property, { ...parameters, plugins: [timeLimit(property.isAsync())] });
}

/** After the limit the runs that remain count as passed. */
function timeLimit<Ts>(isAsync: boolean): fc.Plugin<Ts> {
  return () => {
    const end = performance.now() + limitMs;
    let hasRun = false;
    return {
      decorateRun: (run) => (value) => {
        if (hasRun && performance.now() > end) return isAsync ? Promise.resolve(null) : null;
        hasRun = true;
        return run(value);
      },
    };
  };
}
