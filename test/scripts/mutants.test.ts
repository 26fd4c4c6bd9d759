import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { areas, selectAreas } from '../../scripts/mutants/areas.mjs';

const repository = new URL('../../', import.meta.url);
const namesOf = (selected: readonly { readonly name: string }[]) => selected.map(({ name }) => name);

describe('the areas of mutation tests', () => {
  it('name sources that exist, each once', () => {
    const sources = areas.flatMap((area) => area.sources);
    expect(sources.filter((source) => !existsSync(fileURLToPath(new URL(source, repository))))).toEqual([]);
    expect(new Set(sources).size).toBe(sources.length);
  });

  it('are all selected by default, or by their names', () => {
    expect(selectAreas([])).toBe(areas);
    expect(namesOf(selectAreas(['retry', 'policies']))).toEqual(['policies', 'retry']);
  });

  it('are selected by files, which may be separated in any way', () => {
    const [one, other] = ['src/zoom/client/retry.ts', 'src/connid/delta.ts'];
    const expected = [{ sources: [other] }, { sources: [one] }];
    expect(selectAreas(['--mutate', one, other])).toMatchObject(expected);
    expect(selectAreas([`--mutate`, `${one},${other}`])).toMatchObject(expected);
    expect(selectAreas([`--mutate=${one}`])).toMatchObject([{ sources: [one] }]);
  });

  it('are none for what no area has', () => {
    expect(selectAreas(['src/main.ts'])).toEqual([]);
  });
});
