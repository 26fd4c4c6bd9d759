import { cpuUsage } from 'node:process';

/**
 * How many times more processor time work takes on 32 times the data: about 32 where it grows in proportion, about
 * 1,000 where it grows with the square. Compare with {@link tooMuchGrowth}, which leaves room for other work on the
 * machine.
 * @param few - a size at which the work takes a few milliseconds.
 */
export async function growth(few: number, work: (size: number) => unknown): Promise<number> {
  const timeFor = async (size: number): Promise<number> => {
    const before = cpuUsage();
    await work(size);
    const { system, user } = cpuUsage(before);
    return user + system;
  };
  await timeFor(few);
  const first = await timeFor(few);
  return (await timeFor(32 * few)) / first;
}

/** Above this, work does not grow in proportion. */
export const tooMuchGrowth = 180;
