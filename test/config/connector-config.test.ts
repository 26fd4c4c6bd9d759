import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { connectorConfigTypes, simulatorConfigTypes } from '../../scripts/config-types.mjs';
import { connectorSchema } from '../../src/config/schema.js';

const repository = new URL('../../', import.meta.url);

test.each([connectorConfigTypes, simulatorConfigTypes])(
  '$file is what "npm run generate" makes of the schema',
  async (types) => {
    const text = await readFile(new URL(types.file, repository), 'utf8');
    expect(text).toBe(await types.render(connectorSchema));
  },
);
