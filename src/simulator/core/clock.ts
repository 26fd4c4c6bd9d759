/** The simulator's only source of time. Expiry, limits and dates follow it. */
export interface Clock {
  /** Milliseconds since 1970, with fractions. */
  now(): number;
  /** Moves the clock forward; negative values are refused. */
  advance(ms: number): void;
}

/** Milliseconds of a day. */
export const day = 86_400_000;

/** Start of a manual clock. The dates of the seeded account lie before it. */
export const seedInstant = Date.UTC(2026, 0, 15, 12);

/** A clock that runs with real time and can be moved forward. It is monotonic, so limits are exact. */
export function createRealClock(): Clock {
  let offset = 0;
  return {
    now: () => performance.timeOrigin + performance.now() + offset,
    advance: (ms) => {
      offset += forward(ms);
    },
  };
}

/** A clock that stands still until it is advanced. */
export function createManualClock(): Clock {
  let now = seedInstant;
  return {
    now: () => now,
    advance: (ms) => {
      now += forward(ms);
    },
  };
}

/** Waits in real time, for delays of the network. The clock of the account does not matter here. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Zoom's date format: UTC, whole seconds. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function forward(ms: number): number {
  if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`A clock cannot be advanced by ${ms} ms`);
  return ms;
}
