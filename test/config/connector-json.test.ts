import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/load-config.js';

const repository = new URL('../../', import.meta.url);

test('the connector.json of the repository targets the simulator, without warnings', async () => {
  const readFromTop = (file: string): Promise<string> => readFile(new URL(file, repository), 'utf8');
  const { config, warnings } = await loadConfig({ file: 'connector.json', env: {}, readFile: readFromTop });
  expect(config.service.target).toBe('simulator');
  expect(config.server).toMatchObject({ host: '127.0.0.1', port: 8080 });
  expect(warnings).toEqual([]);
});
