import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { checkConfig } from '../../src/cli/check-config.js';
import { newToken } from '../../src/cli/new-token.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const folder = useTemporaryFolder('file');
let file: string;

beforeAll(() => {
  file = join(folder.path, 'connector.json');
});

test('check-config says what a valid configuration targets, and its warnings', async () => {
  await writeFile(file, '{"service": {"target": "simulator"}, "custom": {"disassociateOnDelete": true}}');
  const { ok, text } = await checkConfig(file, {});
  expect(ok).toBe(true);
  expect(text).toBe(
    `The configuration ${file} is valid. It targets simulator.\n` +
      'Warning: /custom/disassociateOnDelete: Has no effect while "custom.deactivateOnDelete" is true.',
  );
});

test('check-config gives a line to every problem', async () => {
  await writeFile(file, '{"service": {"target": "simulator"}, "results": {"deepget": 1, "pagination": 1}}');
  const { ok, text } = await checkConfig(file, {});
  expect(ok).toBe(false);
  expect(text.split('\n')).toEqual([
    `The configuration ${file} has 2 problems.`,
    '  /results/deepget: Unknown property. Did you mean "deepGet"?',
    '  /results/pagination: Must be true or false, not a number.',
  ]);
});

test('new-token makes a token and the entry that accepts it', () => {
  const { token, entry } = newToken('midpoint');
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(entry).toEqual({
    name: 'midpoint',
    sha256: createHash('sha256').update(token).digest('hex'),
    scopes: ['read', 'write'],
  });
  expect(newToken('midpoint').token).not.toBe(token);
});

test('check-config reports what only shows when the configuration is used', async () => {
  await writeFile(
    file,
    '{"service": {"target": "simulator"}, "custom": {"attributeNames": {"TYPE": "EMAIL"}}}',
  );
  const { ok, text } = await checkConfig(file, {});
  expect(ok).toBe(false);
  expect(text).toContain('  /custom/attributeNames/TYPE: The name EMAIL already means another attribute');
});
