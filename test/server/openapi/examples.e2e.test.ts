import { afterAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { operations } from '../../../src/server/app.js';
import { withAccountIds } from '../../support/account-ids.js';
import { apiDocument, type DocumentedRequest, exampleRequests } from '../../support/documented-requests.js';
import { startService, type TestService } from '../../support/service.js';

const requests = exampleRequests().map((request) => ({ ...request, text: JSON.stringify(request.body) }));
const writes = new Set(operations.filter(({ effect }) => effect === 'write').map(({ path }) => path));
const document = apiDocument(false);
const ajv = new Ajv2020({ strict: false });
ajv.addSchema({ ...document, $id: 'document' });

/** The pointer to the schema of an answer in the document. */
function answerSchema(path: string, status: number): string {
  const escaped = path.replaceAll('/', '~1');
  return `document#/paths/${escaped}/post/responses/${status}/content/application~1json/schema`;
}

async function expectSuccess(service: TestService, { path, body }: DocumentedRequest, query = '') {
  const answer = await service.post(`${path.slice('/v1/'.length)}${query}`, withAccountIds(body, service));
  const text = `${path} ${JSON.stringify(body)}: ${answer.text}`;
  expect([text, Math.floor(answer.status / 100)]).toEqual([text, 2]);
  if (answer.status === 204) return;
  const validate = ajv.getSchema(answerSchema(path, answer.status));
  expect([text, validate?.(answer.body), validate?.errors]).toEqual([text, true, null]);
}

describe('every example of the document', () => {
  let shared: Promise<TestService> | undefined;
  const settings = { custom: { entitlementDeletionEnabled: true } };
  const sharedService = () => (shared ??= startService(settings));
  afterAll(async () => (await shared)?.close());

  it('there is one for each operation with a body', () => {
    const withBody = operations.filter(({ request }) => request !== undefined).map(({ path }) => path);
    expect([...new Set(requests.map(({ path }) => path))]).toEqual(withBody);
    expect(requests.length).toBeGreaterThan(40);
  });

  it.each(requests)('$path $text can be sent', async (request) => {
    if (!writes.has(request.path)) return expectSuccess(await sharedService(), request);
    await expectSuccess(await sharedService(), request, '?dryRun=true');
    const service = await startService(settings);
    await expectSuccess(service, request);
    await service.close();
  });
});
