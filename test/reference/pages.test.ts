import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { configProperties, connectorSchema } from '../../src/config/schema.js';
import { errorKinds } from '../../src/connid/errors.js';
import { configurationPage } from '../../src/reference/configuration-page.js';
import { errorsPage } from '../../src/reference/errors-page.js';
import { referencePages } from '../../src/reference/pages.js';

const repository = new URL('../../', import.meta.url);

test.each(referencePages)('$file is what "npm run generate" makes', async ({ file, render }) => {
  expect(await readFile(new URL(file, repository), 'utf8')).toBe(render());
});

test('the attribute pages say of every attribute that an update can write whether it can be cleared', () => {
  const cellsOf = (file: string, column: string) => {
    const page = referencePages.find((each) => each.file.endsWith(file))?.render() ?? '';
    return page.split(/^## /m).flatMap((part) => {
      const rows = part
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map((line) => line.split(' | '));
      const index = rows[0]?.indexOf(column) ?? -1;
      return rows
        .slice(2)
        .map((row) => ({ name: row[0], flags: row[2] ?? '', cell: (row[index] ?? '').trim() }));
    });
  };
  const cells = [
    ...cellsOf('attributes.md', 'cleared'),
    ...cellsOf('attributes.md', 'cleared over SCIM').filter(({ cell }) => cell !== ''),
    ...cellsOf('attributes-scim.md', 'cleared'),
  ];
  expect(cells.length).toBeGreaterThan(200);
  const silent = cells.filter(({ cell, flags }) => cell === '' && !flags.split(' ').includes('u'));
  expect(silent).toEqual([]);
  const [dept, type, extension] = ['DEPT', 'TYPE', 'EXTENSION_NUMBER'].map(
    (attribute) => cells.find(({ name }) => name === `| \`${attribute}\``)?.cell,
  );
  expect([dept, type, extension]).toEqual(['yes', 'no', 'with `ZOOM_PHONE_FEATURE`']);
});

test('the configuration page names every property that holds a value', () => {
  const text = configurationPage(connectorSchema);
  const leaves = configProperties(connectorSchema).filter(({ node }) => node.properties === undefined);
  const missing = leaves.filter(
    ({ path, variable }) => !text.includes(`\`${path.join('.')}\``) || !text.includes(`\`${variable}\``),
  );
  expect(missing.map(({ pointer }) => pointer)).toEqual([]);
});

test.each([
  '| `server.authentication.bearerTokens[].scopes` | list of `"read"`, `"write"`, `"admin"` | required |',
  '| `server.tls` | object | none |',
  '| `rateLimit.share` | number, above 0 to 1 | `1` |',
  '| `simulator.faults[].action` | `kind`: `"delay"`; `ms`: integer | required |',
  '| `custom.customAttributes` | list of at most 1000 objects | `[]` |',
])('a row of the configuration page begins with %s', (row) => {
  expect(configurationPage(connectorSchema)).toContain(row);
});

test('the errors page names every exception', () => {
  const text = errorsPage();
  for (const { exception } of Object.values(errorKinds)) expect(text).toContain(`| ${exception} |`);
});
