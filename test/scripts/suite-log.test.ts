import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { logProblem, searchLog } from '../../scripts/setup/suite-log.mjs';
import { startHarness } from '../simulator/harness.js';
import { canary } from '../support/canary.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

describe('the search of the log that all tests write', () => {
  const folder = useTemporaryFolder();
  let file: string;

  beforeEach(() => {
    file = join(folder.path, 'debug.log');
  });

  async function problemIn(...lines: readonly string[]): Promise<string> {
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    return logProblem(await searchLog(file, ['Chill', "O'Brien", 'Núñez']));
  }

  it('complains about an empty log, and about none', async () => {
    expect(await problemIn()).toContain('empty');
    expect(logProblem(await searchLog(join(folder.path, 'none'), []))).toContain('empty');
  });

  it('is content with ids, digests and words that only begin like a name', async () => {
    const lines = ['{"uid":"KDcuGIm1QgePTO8WbOqwIQ","message":"operation"}', 'custom.Chillout <address>'];
    expect(await problemIn(...lines)).toBe('');
  });

  it.each([
    ['every canary', Object.values(canary)],
    ['canaries in other case', ['CANARY-ROE', 'jane.Canary%40example.com']],
    ['addresses', ['to ann.other@example.org, please', '"a+b@mail.co.uk"']],
    ['names of simulated users', ['Jill Chill', '"name":"O\'Brien"', 'Núñez']],
    [
      'credentials of whatever length',
      ['', 'i', 'id'].map((id) => `Basic ${Buffer.from(`${id}:${canary.clientSecret}`).toString('base64')}`),
    ],
  ])('finds %s', async (_, leaks) => {
    for (const leak of leaks) expect(await problemIn('innocent', leak)).toContain(leak);
  });

  it('finds access tokens of the simulator', async () => {
    const harness = await startHarness({ users: 1, groups: 0, phoneUsers: 0 });
    const token = await harness.token();
    await harness.stop();
    expect(await problemIn(`the token ${token}`)).toContain('an access token');
  });
});
