/** The simulator's only source of time: expiry, limits and dates all follow it. */
export interface Clock {
  /** Milliseconds since 1970, with fractions. */
  now(): number;
  /** Moves the clock forward; negative values are refused. */
  advance(ms: number): void;
}

/** Milliseconds of a day. */
export const day = 86_400_000;

/** The instant at which a manual clock starts and to which the dates of the seed lead up. */
export const seedInstant = Date.UTC(2026, 0, 15, 12);

/** A clock that runs with real time (monotonic, so limits are exact) and can be moved forward. */
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

/** Lets real time pass: what the network takes, whatever the clock of the account shows. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Zoom's date format: UTC, whole seconds. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function forward(ms: number): number {
  if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`A clock can not be advanced by ${ms} ms`);
  return ms;
}
