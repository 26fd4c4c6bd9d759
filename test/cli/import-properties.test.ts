import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { importPropertiesCommand } from '../../src/cli/import-properties.js';
import { terminal } from '../../src/cli/process.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const folder = useTemporaryFolder();
let given: string;
let out: string;

beforeEach(() => {
  given = join(folder.path, 'zoom.properties');
  out = join(folder.path, 'connector.json');
  jest.spyOn(terminal, 'complain').mockReturnValue(undefined);
  jest.spyOn(terminal, 'say').mockReturnValue(undefined);
});

afterEach(() => {
  jest.restoreAllMocks();
});

const valid = 'service.target=simulator\nresults.deepGet=true\n';

it('writes the configuration into a new file, and replaces none without being told to', async () => {
  await writeFile(given, valid);
  expect(await importPropertiesCommand(given, { file: out, force: false })).toBe(0);
  expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({ results: { deepGet: true } });
  await writeFile(out, 'mine');
  expect(await importPropertiesCommand(given, { file: out, force: false })).toBe(1);
  expect(await readFile(out, 'utf8')).toBe('mine');
  expect(await importPropertiesCommand(given, { file: out, force: true })).toBe(0);
  expect(await readFile(out, 'utf8')).toContain('deepGet');
});

it('gives the configuration out, and the report beside it', async () => {
  await writeFile(given, `${valid}custom.deactivateOnDelete=yes\n`);
  expect(await importPropertiesCommand(given, { file: undefined, force: false })).toBe(0);
  const [said] = jest.mocked(terminal.say).mock.calls.flat();
  expect(JSON.parse(said ?? '')).toMatchObject({ custom: { deactivateOnDelete: false } });
  expect(jest.mocked(terminal.complain).mock.calls.flat()).toContainEqual(
    expect.stringContaining('Line 3: custom.deactivateOnDelete'),
  );
});

it('writes nothing for properties that make no configuration, or a file that is not there', async () => {
  await writeFile(given, 'results.deepGet=true\n');
  expect(await importPropertiesCommand(given, { file: out, force: false })).toBe(1);
  expect(await importPropertiesCommand(join(folder.path, 'none'), { file: out, force: false })).toBe(1);
  expect(await importPropertiesCommand(undefined, { file: out, force: false })).toBe(2);
  await expect(readFile(out)).rejects.toThrow('ENOENT');
});
