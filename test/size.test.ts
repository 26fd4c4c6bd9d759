import { describe, expect, test } from '@jest/globals';
import { sourceFiles } from './support/source-files.js';

/** The numbers that good code bases keep, and so do we; they are in lines. */
const limits = {
  file: { median: 100, longest: 400 },
  function: { median: 8, ninetieth: 40, longest: 80 },
};

const files = [...sourceFiles('src'), ...sourceFiles('scripts')];
const functions = files.flatMap((file) => file.functions);

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
}

describe('files', () => {
  test('are short at the median', () => {
    expect(
      percentile(
        files.map(({ lines }) => lines),
        0.5,
      ),
    ).toBeLessThanOrEqual(limits.file.median);
  });

  test('are never very long', () => {
    const long = files.filter(({ lines }) => lines > limits.file.longest);
    expect(long.map(({ path, lines }) => `${path} has ${lines} lines`)).toEqual([]);
  });
});

describe('functions', () => {
  const lengths = functions.map(({ lines }) => lines);

  test('are short at the median', () => {
    expect(percentile(lengths, 0.5)).toBeLessThanOrEqual(limits.function.median);
  });

  test('are of reasonable length nine times out of ten', () => {
    expect(percentile(lengths, 0.9)).toBeLessThanOrEqual(limits.function.ninetieth);
  });

  test('are never very long', () => {
    const long = functions.filter(({ lines }) => lines > limits.function.longest);
    expect(long.map(({ where, lines }) => `${where} has ${lines} lines`)).toEqual([]);
  });
});
