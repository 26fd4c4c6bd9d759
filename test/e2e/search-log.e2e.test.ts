import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { captureLog } from '../support/log-capture.js';
import { until } from '../support/raw-client.js';
import { startService, type TestService } from '../support/service.js';

const log = captureLog('info');
const users = 60;

let service: TestService;
let active = 0;
let groups = 0;
let seen = 0;
beforeAll(async () => {
  service = await startService({ simulator: { users } }, { logger: log.logger });
  active = service.simulator.state.users.list('active').length;
  groups = service.simulator.state.groups.size;
});
afterAll(() => service.close());

/** The entry of the search, which is written just after its answer. */
async function entryOf(objectClass: string, filter: unknown, accept = 'application/json'): Promise<unknown> {
  const options = { attributesToGet: ['EMAIL'] };
  const sent = service.post('search', {
    objectClass,
    filter,
    options: objectClass === 'ZoomUser' ? options : {},
  });
  await sent.set('Accept', accept).expect(200);
  await until(() => log.entries().length > seen);
  return log.entries()[seen++];
}

const person = { EMAIL: 'canary.person@example.com', DEPT: 'CanaryDept', EMPLOYEE_UNIQUE_ID: 'Canary-17' };
const byEmail = { equals: { EMAIL: person.EMAIL } };
const byDept = { equals: { DEPT: person.DEPT } };
const byStatus = { equals: { STATUS: 'active' } };

describe('the log of a search', () => {
  it.each<[string, string, unknown, object]>([
    ['no filter', 'ZoomUser', undefined, { by: 'listing', pushedDown: [], residual: [] }],
    [
      'one that Zoom cannot answer',
      'ZoomUser',
      byDept,
      { by: 'listing', pushedDown: [], residual: ['DEPT'] },
    ],
    ['one on the status', 'ZoomUser', byStatus, { by: 'listing', pushedDown: ['STATUS'], residual: [] }],
    [
      'one that Zoom answers in part',
      'ZoomUser',
      { and: [byStatus, byDept, { startsWith: { FIRST_NAME: 'Canary' } }] },
      { by: 'listing', pushedDown: ['STATUS'], residual: ['DEPT', 'FIRST_NAME'] },
    ],
    [
      'one whose parts are alternatives',
      'ZoomUser',
      { or: [byStatus, byDept] },
      { by: 'listing', pushedDown: [], residual: ['STATUS', 'DEPT'] },
    ],
    [
      'single reads that are filtered',
      'ZoomUser',
      { and: [{ or: [byEmail, { equals: { EMPLOYEE_UNIQUE_ID: person.EMPLOYEE_UNIQUE_ID } }] }, byDept] },
      { by: 'lookups', pushedDown: ['__NAME__', 'EMPLOYEE_UNIQUE_ID'], residual: ['DEPT'] },
    ],
    [
      'a SCIM expression on groups',
      'ZoomGroup',
      'GROUP_NAME co "Canary"',
      { by: 'listing', pushedDown: [], residual: ['__NAME__'] },
    ],
  ])('says which part of the filter ran where: %s', async (_, objectClass, filter, search) => {
    expect(await entryOf(objectClass, filter)).toMatchObject({ operation: 'search', outcome: 'ok', search });
  });

  it('says how many rows were scanned, and how many were answered', async () => {
    expect(await entryOf('ZoomUser', undefined)).toMatchObject({ scanned: users, results: users });
    expect(await entryOf('ZoomUser', byDept)).toMatchObject({ scanned: users, results: 0 });
    expect(await entryOf('ZoomUser', { and: [byStatus, byDept] })).toMatchObject({
      scanned: active,
      results: 0,
    });
    expect(await entryOf('ZoomUser', byDept, 'application/x-ndjson')).toMatchObject({ scanned: users });
    expect(await entryOf('ZoomUser', byEmail)).toMatchObject({ scanned: 0, results: 0 });
    expect(await entryOf('ZoomGroup', undefined)).toMatchObject({ scanned: groups, results: groups });
  });

  it('names attributes and no value', () => {
    expect(seen).toBeGreaterThan(10);
    expect(log.text()).not.toMatch(/canary/i);
  });
});
