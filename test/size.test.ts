import { describe, expect, test } from '@jest/globals';
import { sourceFiles } from './support/source-files.js';

/** Numbers of lines. ESLint limits single files and functions; these limits concern all of them together. */
const limits = {
  medianFile: { least: 60, most: 110 },
  shortFile: 30,
  shortFiles: 20,
  medianFunction: 6,
};

const files = sourceFiles('src');
const shortFiles = files.filter(({ lines }) => lines < limits.shortFile);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function importersOf(path: string): number {
  return files.filter(({ imports }) => imports.some(({ target }) => target === path)).length;
}

describe('files of src', () => {
  test('are neither splinters nor long at the median', () => {
    const lines = median(files.map((file) => file.lines));
    expect(lines).toBeGreaterThanOrEqual(limits.medianFile.least);
    expect(lines).toBeLessThanOrEqual(limits.medianFile.most);
  });

  test('are rarely very short', () => {
    expect(shortFiles.length).toBeLessThanOrEqual(limits.shortFiles);
  });

  test('that are very short serve more than one other file', () => {
    const splinters = shortFiles.filter(({ path }) => importersOf(path) === 1);
    expect(splinters.map(({ path, lines }) => `${path} has ${lines} lines and one importer`)).toEqual([]);
  });
});

test('functions of src are short at the median', () => {
  const lengths = files.flatMap(({ functions }) => functions.map(({ lines }) => lines));
  expect(median(lengths)).toBeLessThanOrEqual(limits.medianFunction);
});
