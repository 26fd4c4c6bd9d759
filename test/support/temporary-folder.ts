import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';

/** An empty folder of a test. */
export interface TemporaryFolder {
  readonly path: string;
}

/** Makes an empty folder, for helpers that remove it themselves. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'zoom-connector-'));
}

/** Removes a folder with everything in it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/**
 * Gives each test an empty folder, or all tests of the file one together. The folders are removed after the last test,
 * when nothing uses them any more.
 */
export function useTemporaryFolder(per: 'test' | 'file' = 'test'): TemporaryFolder {
  const made: string[] = [];
  const make = async (): Promise<void> => void made.push(await makeFolder());
  if (per === 'test') beforeEach(make);
  else beforeAll(make);
  afterAll(() => Promise.all(made.splice(0).map(removeFolder)));
  return {
    get path() {
      const path = made.at(-1);
      if (path === undefined) throw new Error('The folder is there when a test or its preparation runs.');
      return path;
    },
  };
}
