import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { renderConfigTypes } from './config-types.mjs';

const repository = new URL('../', import.meta.url);
const schema = JSON.parse(await readFile(new URL('schemas/connector.schema.json', repository), 'utf8'));
const types = fileURLToPath(new URL('src/config/connector-config.ts', repository));
await writeFile(types, await renderConfigTypes(schema, types));
