// Writes all files that are generated from schemas and tables. The order matters: the types come from the schema, the
// build needs the types, and the build renders the reference pages.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { connectorConfigTypes, simulatorConfigTypes } from './config-types.mjs';
import { build } from './setup/build.mjs';

const repository = new URL('../', import.meta.url);

async function write(file, text) {
  const target = new URL(file, repository);
  await mkdir(new URL('./', target), { recursive: true });
  await writeFile(target, text);
  console.log(file);
}

const schema = JSON.parse(await readFile(new URL('schemas/connector.schema.json', repository), 'utf8'));
for (const types of [connectorConfigTypes, simulatorConfigTypes]) {
  await write(types.file, await types.render(schema));
}

await build(fileURLToPath(repository));
const { referencePages } = await import('../dist/reference/pages.js');
for (const page of referencePages) await write(page.file, page.render());
