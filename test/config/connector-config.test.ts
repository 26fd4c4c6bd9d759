import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { renderConfigTypes } from '../../scripts/config-types.mjs';

const repository = new URL('../../', import.meta.url);

test('the configuration types are what "npm run generate" makes of the schema', async () => {
  const file = fileURLToPath(new URL('src/config/connector-config.ts', repository));
  const schema = await readFile(new URL('schemas/connector.schema.json', repository), 'utf8');
  const rendered = await renderConfigTypes(JSON.parse(schema) as object, file);
  expect(await readFile(file, 'utf8')).toBe(rendered);
});
