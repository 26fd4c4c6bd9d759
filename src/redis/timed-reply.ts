/** The time of an answer is looked at this often, in milliseconds. */
const stepMs = 25;

/** Redis does not do what was asked. The message is the reason, without contents. */
export class RedisFailure extends Error {}

/**
 * Waits for a reply. Time in which this process stood still, because of its own work or of others on the machine, does
 * not count: then the reply may have been there already.
 * @returns the reply, and how long it took without that time, in milliseconds.
 * @throws RedisFailure after the limit.
 */
export async function timedReply<T>(
  work: Promise<T>,
  limitMs: number,
): Promise<{ readonly reply: T; readonly tookMs: number }> {
  const start = performance.now();
  let [last, stoodMs] = [start, 0];
  const look = (): number => {
    const now = performance.now();
    // A look comes later than its step when the process stands still. Timers are late by a few milliseconds anyway.
    if (now - last > 2 * stepMs) stoodMs += now - last - stepMs;
    last = now;
    return now - start - stoodMs;
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const step = (): void => {
      if (look() >= limitMs) reject(new RedisFailure('no answer in time'));
      else timer = setTimeout(step, stepMs);
    };
    timer = setTimeout(step, stepMs);
  });
  try {
    const reply = await Promise.race([work, late]);
    return { reply, tookMs: look() };
  } finally {
    clearTimeout(timer);
  }
}
