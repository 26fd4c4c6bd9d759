import { expect, it } from '@jest/globals';
import { readJavaFile } from '../../../src/config/import/java-files.js';

it('reads every form that a line of a .properties file may have', () => {
  const text = [
    '\uFEFF# comment',
    '! comment',
    'custom.accountId = a b',
    'results.deepGet:true',
    'rest.ioErrorRetries 7',
    'service.serviceUrl = https://api.zoom.us\\',
    '    /v2',
    'custom.note=caf\\u00e9',
    'last',
  ].join('\r\n');
  expect(readJavaFile(text)).toEqual([
    { name: 'custom.accountId', texts: ['a b'], line: 3 },
    { name: 'results.deepGet', texts: ['true'], line: 4 },
    { name: 'rest.ioErrorRetries', texts: ['7'], line: 5 },
    { name: 'service.serviceUrl', texts: ['https://api.zoom.us/v2'], line: 6 },
    { name: 'custom.note', texts: ['café'], line: 8 },
    { name: 'last', texts: [''], line: 9 },
  ]);
});

const resource = (properties: string): string => `<?xml version="1.0"?>
<resource xmlns="c" xmlns:icfc="i" xmlns:z="z" xmlns:t="t">
  <connectorConfiguration>
    <icfc:configurationProperties>
      ${properties}
    </icfc:configurationProperties>
    <icfc:resultsHandlerConfiguration><icfc:enableFilteredResultsHandler>false</icfc:enableFilteredResultsHandler></icfc:resultsHandlerConfiguration>
  </connectorConfiguration>
</resource>`;

it('reads the properties of a resource of midPoint, whatever their prefixes', () => {
  const text = resource(`<z:accountId>acc &amp; co</z:accountId>
      <z:clientSecret><t:clearValue>hunter2</t:clearValue></z:clientSecret>
      <z:scimBearerToken><t:encryptedData><t:cipherData/></t:encryptedData></z:scimBearerToken>
      <z:phoneBundleTypes>1</z:phoneBundleTypes><z:phoneBundleTypes>2</z:phoneBundleTypes>`);
  expect(readJavaFile(text)).toEqual([
    { name: 'accountId', texts: ['acc & co'], line: 5 },
    { name: 'clientSecret', texts: ['hunter2'], line: 6 },
    { name: 'scimBearerToken', texts: [undefined], line: 7 },
    { name: 'phoneBundleTypes', texts: ['1', '2'], line: 8 },
  ]);
});

it.each([
  ['is no well-formed XML', '<resource><hunter2></resource>'],
  ['has no element configurationProperties', '<resource>hunter2</resource>'],
  [
    'has several elements configurationProperties',
    `<all>${resource('').slice(21)}${resource('').slice(21)}</all>`,
  ],
  ['has a document type', '<!DOCTYPE r [<!ENTITY a "hunter2">]><r>&a;</r>'],
  ['has a sequence \\u', 'a=hunter2\\u12'],
  ['is larger than a mebibyte', `a=${'x'.repeat(1024 * 1024)}`],
])('refuses a file that %s, and quotes nothing of it', (fault, text) => {
  const read = () => readJavaFile(text);
  expect(read).toThrow(`The file ${fault}`);
  expect(read).not.toThrow(/hunter2/);
});
