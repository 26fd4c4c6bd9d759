import fc from 'fast-check';
import { type FakeUser, fakeUser } from './fake-account.js';
import type { PagingStyle } from './searching.js';

const departments = ['', 'Sales', 'sales', 'IT'];
const groups = ['g1', 'g2', 'g3'];
const logins = ['', '2026-05-01T01:01:08Z', '2026-05-01T01:01:08.000Z', '2026-06-01T00:00:00Z'];

/** A small account; its first user is active, as an account has an owner, and employee ids are unique. */
export const anyUsers = (maxLength = 24): fc.Arbitrary<readonly FakeUser[]> =>
  fc
    .array(
      fc.record({
        status: fc.constantFrom('pending' as const, 'inactive' as const, 'active' as const),
        dept: fc.constantFrom(...departments),
        type: fc.constantFrom(1, 2),
        role_id: fc.constantFrom('0', '1', '2'),
        group_ids: fc.subarray(groups),
        employee_unique_id: fc.constantFrom('', 'e1', 'E1', 'me', 'e/2'),
        last_login_time: fc.constantFrom(...logins),
        pendingId: fc.boolean(),
      }),
      { minLength: 1, maxLength },
    )
    .map((users) =>
      users.map(({ employee_unique_id: employeeId, status, ...more }, seq) => {
        const isFirst = users.findIndex((user) => user.employee_unique_id === employeeId) === seq;
        const given = { ...more, employee_unique_id: isFirst ? employeeId : '' };
        return fakeUser(seq, seq === 0 ? 'active' : status, given);
      }),
    );

const address = fc.nat({ max: 25 }).map((seq) => `user${seq}@EXAMPLE.com`);

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  address.map((value) => ({ equals: { EMAIL: value } })),
  address.map((value) => ({ equalsIgnoreCase: { __NAME__: value } })),
  fc.constantFrom('1@', 'R2', 'example').map((value) => ({ contains: { EMAIL: value } })),
  fc.constantFrom('active', 'inactive', 'pending', 'x').map((value) => ({ equals: { STATUS: value } })),
  fc.boolean().map((value) => ({ equals: { __ENABLE__: value } })),
  fc.constantFrom('0', '1', '2').map((value) => ({ equals: { ROLE_ID: value } })),
  fc.constantFrom('Sales', 'it', null).map((value) => ({ equals: { DEPT: value } })),
  fc
    .constantFrom('e1', 'E1', 'me', 'e/2', 'nobody')
    .map((value) => ({ equals: { EMPLOYEE_UNIQUE_ID: value } })),
  fc.subarray(groups, { minLength: 1 }).map((value) => ({ containsAllValues: { GROUP_IDS: value } })),
  fc.constantFrom(1, 2).map((value) => ({ greaterThanOrEqual: { TYPE: value } })),
  fc.constantFrom('en-US', 'de-DE').map((value) => ({ equals: { LANGUAGE: value } })),
);

const expression = fc.constantFrom(
  'DEPT eq "SALES"',
  'DEPT pr and not (TYPE eq 2)',
  'GROUP_IDS eq "g1" or GROUP_IDS sw "G2"',
  'LAST_LOGIN_TIME ge "2026-05-01T03:01:08+02:00"',
  'EMPLOYEE_UNIQUE_ID eq "e1"',
  'ROLE_ID eq "1" and EMAIL ew "@example.COM"',
  'EMAIL eq "user3@example.com" or EMAIL eq "user4@example.com" and STATUS ne "active"',
  '__ENABLE__ eq false or STATUS eq "pending" and TYPE gt 1',
);

/** A filter as a tree or as a SCIM expression, or none. */
export const anyFilter: fc.Arbitrary<unknown> = fc.option(
  fc.oneof(
    { arbitrary: expression, weight: 1 },
    {
      weight: 5,
      arbitrary: fc.letrec<{ node: unknown; leaf: unknown }>((tie) => ({
        leaf,
        node: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          tie('leaf'),
          fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((parts) => ({ and: parts })),
          fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((parts) => ({ or: parts })),
          tie('node').map((part) => ({ not: part })),
        ),
      })).node,
    },
  ),
  { nil: undefined, freq: 8 },
);

export const anyStyle = fc.constantFrom<PagingStyle>('cookie', 'offset');

/** Options that change what has to be read. */
export const anySelection = fc.constantFrom(
  {},
  { attributesToGet: ['EMAIL'] },
  { attributesToGet: ['LANGUAGE'], returnDefaultAttributes: true },
);
