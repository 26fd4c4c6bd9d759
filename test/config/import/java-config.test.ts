import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { importedText } from '../../../src/cli/import-properties.js';
import { configFromJava } from '../../../src/config/import/java-config.js';
import { hostProperties } from '../../../src/config/host-properties.js';
import { checkConfigJson } from '../../../src/config/validate-config.js';

/** The properties that the Java connector demands. */
const required = [
  'custom.accountId=acc',
  'service.serviceUrl=https://api.zoom.us/v2',
  'security.authenticator.oauth2ClientCredentials.tokenUrl=https://zoom.us/oauth/token',
  'security.authenticator.oauth2ClientCredentials.clientId=id',
];

const imported = (...lines: readonly string[]) => {
  const { json, report } = importedText([...required, ...lines].join('\n'));
  return { config: JSON.parse(json) as Record<string, unknown>, report };
};

it('makes references of secrets, and says what to do', () => {
  const secret = 'security.authenticator.oauth2ClientCredentials.clientSecret';
  const { config, report } = imported(`${secret}=hunter2`);
  expect(JSON.stringify({ config, report })).not.toContain('hunter2');
  expect(config).toMatchObject({
    security: { authenticator: { oauth2ClientCredentials: { clientSecret: { env: 'ZOOM_CLIENT_SECRET' } } } },
  });
  expect(report).toContain(
    `Line 5: Give the service the secret ${secret}, which is not copied, in the environment variable ZOOM_CLIENT_SECRET.`,
  );
});

it.each([
  ['custom.deactivateOnDelete=TRUE', { custom: { deactivateOnDelete: true } }, undefined],
  ['custom.deactivateOnDelete=yes', { custom: { deactivateOnDelete: false } }, 'took it for false'],
  ['custom.userCreateAction=AUTOCREATE', { custom: { userCreateAction: 'autoCreate' } }, undefined],
  ['custom.userCreateAction=invite', { custom: { accountId: 'acc' } }, 'is none of create, autoCreate'],
  ['rest.ioErrorRetries=7', { rest: { ioErrorRetries: 7 } }, undefined],
  ['rest.ioErrorRetries=7x', {}, 'is no whole number'],
  ['results.importBatchSize=50', { results: { importBatchSize: 50 } }, undefined],
  ['custom.phoneBundleTypes=[1, 2]', { custom: { phoneBundleTypes: ['1', '2'] } }, undefined],
  [
    'custom.attributeNames=[DEPT=DEPARTMENT]',
    { custom: { attributeNames: { DEPT: 'DEPARTMENT' } } },
    undefined,
  ],
  [
    'custom.customAttributes=[CUSTOM_A=Name = with a sign]',
    { custom: { customAttributes: [{ attribute: 'CUSTOM_A', name: 'Name = with a sign' }] } },
    undefined,
  ],
  ['custom.attributeNames=[DEPT]', {}, 'must have the form NAME=VALUE'],
  ['results.deepgett=true', {}, 'Did you mean results.deepGet?'],
  ['hunter2hunter2hunter2=1', {}, 'This property is not known'],
  ['active=false', {}, 'a matter of the Java connector itself'],
])('reads %s as the Java connector did', (line, expected, remark) => {
  const { config, report } = imported(line);
  expect(config).toMatchObject(expected);
  const ofLine = report.filter((text) => text.startsWith('Line 5'));
  expect(ofLine).toEqual(remark === undefined ? [] : [expect.stringContaining(remark)]);
  expect(report.join()).not.toContain('hunter2');
});

it('tells of changed defaults where the file says nothing, and only there', () => {
  const told = ({ report }: { readonly report: readonly string[] }) =>
    report.filter((line) => line.includes('is not given'));
  expect(told(imported())).toEqual([
    'results.deepGet is not given. Its default was false and is true now.',
    'results.deepImport is not given. Its default was false and is true now.',
    'results.importBatchSize is not given. Its default was 50 and is "auto" now.',
    'results.pagination is not given. Its default was false and is true now.',
  ]);
  expect(told(imported('results.deepGet=false', 'results.deepImport=true'))).toHaveLength(2);
});

it('takes the last value of a property that is given twice, and says so', () => {
  const { config, report } = imported('rest.ioErrorRetries=3', 'rest.ioErrorRetries=4');
  expect(config).toMatchObject({ rest: { ioErrorRetries: 4 } });
  expect(report).toContain('Line 6: rest.ioErrorRetries is given before, too. This value counts.');
});

it('names the lines of values that no configuration can have', () => {
  const read = () => imported('results.importBatchSize=5000', 'rest.ioErrorRetries=101');
  expect(read).toThrow(
    expect.objectContaining({
      details: {
        errors: expect.arrayContaining([
          { path: '', message: expect.stringMatching(/^Line 5: results.importBatchSize: Must be/) },
          { path: '', message: expect.stringMatching(/^Line 6: rest.ioErrorRetries: Must be/) },
        ]),
      },
    }),
  );
});

it('reads the resource of the guide for midPoint', () => {
  const { json } = importedText(readFileSync('docs/hosts/midpoint/resource.xml', 'utf8'));
  expect(JSON.parse(json)).toMatchObject({ custom: { accountId: 'YOUR_ACCOUNT_ID' } });
});

it('makes a valid configuration of any properties with valid values', () => {
  const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
    Boolean: fc.constantFrom('true', 'false', 'True'),
    Integer: fc.integer({ min: 1, max: 100 }).map(String),
    GuardedString: fc.stringMatching(/^[a-zA-Z0-9]{12,30}$/),
  };
  const optional = hostProperties.filter(
    ({ required: isRequired, target, type }) =>
      !isRequired && texts[type] !== undefined && !target.pointer.startsWith('/custom/transferOnDelete'),
  );
  const given = fc
    .subarray(optional)
    .chain((properties) =>
      fc.tuple(
        ...properties.map(({ name, type }, index) =>
          (texts[type] ?? fc.constant('')).map((text) => ({ name, texts: [text], line: index + 5 })),
        ),
      ),
    );
  const base = required.map((line, index) => {
    const [name = '', text = ''] = line.split(/=(.*)/s);
    return { name, texts: [text], line: index + 1 };
  });
  fc.assert(
    fc.property(given, (properties) => {
      const { config, problems, report } = configFromJava([...base, ...properties]);
      expect(problems).toEqual([]);
      expect(checkConfigJson(config).findings).toEqual([]);
      const secrets = properties.filter(({ name }) => /secret|token$/i.test(name) && name !== 'tokenUrl');
      for (const {
        texts: [text = ''],
      } of secrets) {
        expect(JSON.stringify({ config, report })).not.toContain(text);
      }
    }),
  );
});

it('tells of each default that the guide lists as changed', () => {
  const guide = readFileSync('docs/guides/migration.md', 'utf8');
  const changed = hostProperties.filter(({ javaDefault }) => javaDefault !== undefined);
  expect(
    changed.map(({ target }) => target.path.join('.')).filter((path) => !guide.includes(`| \`${path}\` |`)),
  ).toEqual([]);
});
