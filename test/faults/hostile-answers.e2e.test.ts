import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertProperty } from '../support/assert-property.js';
import { canary } from '../support/canary.js';
import { fastClock } from '../support/fast-clock.js';
import { captureLog } from '../support/log-capture.js';
import { startService, type TestService } from '../support/service.js';

const id = 'KDcuGIm1QgePTO8WbOqwIQ';

const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, 1, 2, -1, 1.5, 1e300, '', '0', '2', 'me', '..', '1000', id),
  fc.constantFrom<unknown>('active', 'inactive', 'pending', 'a@example.com', '+12055550100', 'tok', {}, []),
  fc.string(),
);

/** Names of members in Zoom's answers, so that hostile values reach every reader of them. */
const members = [
  ...['id', 'email', 'status', 'type', 'role_id', 'role_name', 'group_ids', 'name', 'total_members', 'ids'],
  ...['users', 'groups', 'members', 'admins', 'sites', 'roles', 'total_records', 'next_page_token'],
  ...['phone_numbers', 'calling_plans', 'site', 'site_id', 'extension_number', 'number', 'country', 'label'],
  ...['custom_attributes', 'key', 'value', 'feature', 'zoom_phone', 'license_info_list', 'login_types'],
  ...[
    'Resources',
    'totalResults',
    'itemsPerPage',
    'startIndex',
    'userName',
    'displayName',
    'active',
    'emails',
  ],
  ...[
    'phoneNumbers',
    'schemas',
    'userType',
    'code',
    'message',
    'errors',
    'last_login_time',
    'verified',
    'pmi',
  ],
];

const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...members), tie('value'), { maxKeys: 12 }),
  ),
}));

const status = fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, fc.integer({ min: 200, max: 599 }));

/** An answer in the place of all of Zoom's, or of some of them. */
const hostility = fc.record({ body: json, status, probability: fc.constantFrom(1, 0.5, 0.2) });

type Operation = readonly [operation: string, body: object];

/** Operations on a user and a group of the account. */
const operationsOn = (userId: string, groupId: string): readonly Operation[] => {
  const user = { objectClass: 'ZoomUser', uid: userId, nameHint: 'a@example.com' };
  const group = { objectClass: 'ZoomGroup', uid: groupId };
  return [
    ['test', {}],
    ['get', user],
    ['get', { ...group, options: { attributesToGet: ['MEMBER_IDS', 'ADMIN_EMAILS'] } }],
    ['search', { objectClass: 'ZoomUser' }],
    ['search', { objectClass: 'ZoomUser', options: { pageSize: 7 } }],
    ['search', { objectClass: 'ZoomUser', filter: { equals: { EMAIL: 'a@example.com' } } }],
    ['search', { objectClass: 'ZoomUser', filter: { equals: { ROLE_ID: '1' } } }],
    ['search', { objectClass: 'ZoomGroup', filter: { equals: { GROUP_NAME: 'x' } } }],
    [
      'create',
      { objectClass: 'ZoomUser', attributes: { EMAIL: 'b@example.com', ROLE_ID: '1', GROUP_IDS: [id] } },
    ],
    ['create', { objectClass: 'ZoomGroup', attributes: { GROUP_NAME: 'x', MEMBER_IDS: [id] } }],
    ['update-delta', { ...user, deltas: [{ name: 'DEPT', valuesToReplace: ['x'] }] }],
    ['update-delta', { ...user, deltas: [{ name: 'GROUP_IDS', valuesToAdd: [id] }] }],
    [
      'update-delta',
      { ...user, deltas: [{ name: 'ZOOM_PHONE_NUMBERS', valuesToReplace: ['+12055550100'] }] },
    ],
    ['update-delta', { ...user, deltas: [{ name: 'ZOOM_PHONE_CALLING_PLANS', valuesToReplace: [200] }] }],
    ['update-delta', { ...user, deltas: [{ name: 'SITE_NAME', valuesToReplace: ['x'] }] }],
    ['update-delta', { ...user, deltas: [{ name: '__PASSWORD__', valuesToReplace: [canary.password] }] }],
    ['update-delta', { ...user, deltas: [{ name: '__ENABLE__', valuesToReplace: [false] }] }],
    ['update-delta', { ...group, deltas: [{ name: 'MEMBER_IDS', valuesToReplace: [id] }] }],
    ['delete', user],
  ];
};

describe.each(['rest', 'scim'])('hostile answers to an operation (%s)', (api) => {
  let service: TestService;
  beforeAll(async () => {
    const settings = { service: { api }, rest: { ioErrorRetries: 1, maxWaitMs: 5_000 } };
    const { logger } = captureLog();
    service = await startService(settings, { client: { clock: fastClock(1e9) }, logger });
  });
  afterAll(() => service.close());

  it('are no mistake of ours, and the answer is bounded', async () => {
    const { faults, state } = service.simulator;
    await assertProperty(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(),
        hostility,
        async (which, whom, { body, probability, status: code }) => {
          const users = state.users.list('active');
          const operations = operationsOn(users[whom % users.length]?.id ?? '', id);
          const [operation, request] = operations[which % operations.length] ?? ['test', {}];
          faults.add({ match: { probability }, action: { kind: 'status', status: code, body } });
          const answer = await service.post(operation, request);
          faults.clear();
          expect(answer.body).not.toMatchObject({ exception: 'ConnectorException' });
          if (answer.status >= 400) expect(JSON.stringify(answer.body).length).toBeLessThan(30_000);
        },
      ),
      { numRuns: 1_000, seed: Number(process.env['HOSTILE_SEED'] ?? 1) },
    );
  });
});
