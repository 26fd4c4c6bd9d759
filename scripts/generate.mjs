import { readFile, writeFile } from 'node:fs/promises';
import { connectorConfigTypes, simulatorConfigTypes } from './config-types.mjs';

const repository = new URL('../', import.meta.url);
const schema = JSON.parse(await readFile(new URL('schemas/connector.schema.json', repository), 'utf8'));
for (const types of [connectorConfigTypes, simulatorConfigTypes]) {
  await writeFile(new URL(types.file, repository), await types.render(schema));
}
