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

/** Values that filters compare with: some that accounts have, some that they have not. */
interface FilterValues {
  readonly addresses: readonly string[];
  readonly uids: readonly string[];
  readonly departments: readonly string[];
  readonly employeeIds: readonly string[];
  readonly groups: readonly string[];
  readonly languages: readonly string[];
  readonly instants: readonly string[];
}

const values: FilterValues = {
  addresses: Array.from({ length: 26 }, (_, seq) => `user${seq}@EXAMPLE.com`),
  uids: ['00000002aaaaaaaaaaaaaaaa', '@', 'AA', 'user'],
  departments: ['Sales', 'it'],
  employeeIds: ['e1', 'E1', 'me', 'e/2', 'nobody'],
  groups,
  languages: ['en-US', 'de-DE'],
  instants: ['2026-05-01T03:01:08+02:00', '2026-06-01'],
};

type Arbitrary = fc.Arbitrary<unknown>;

function leafOf({ addresses, departments, employeeIds, groups, languages, uids }: FilterValues): Arbitrary {
  return fc.oneof(
    fc.constantFrom(...addresses).map((value) => ({ equals: { EMAIL: value } })),
    fc.constantFrom(...addresses).map((value) => ({ equalsIgnoreCase: { __NAME__: value } })),
    fc.constantFrom('1@', 'R2', 'example').map((value) => ({ contains: { EMAIL: value } })),
    fc.constantFrom('active', 'inactive', 'pending', 'x').map((value) => ({ equals: { STATUS: value } })),
    fc.boolean().map((value) => ({ equals: { __ENABLE__: value } })),
    // No equality: the target may know a former uid.
    fc
      .tuple(fc.constantFrom('contains', 'equalsIgnoreCase', 'greaterThan'), fc.constantFrom(...uids))
      .map(([type, value]) => ({ [type]: { USER_ID: value } })),
    fc.constantFrom('0', '1', '2').map((value) => ({ equals: { ROLE_ID: value } })),
    fc.constantFrom(...departments, null).map((value) => ({ equals: { DEPT: value } })),
    fc.constantFrom(...employeeIds).map((value) => ({ equals: { EMPLOYEE_UNIQUE_ID: value } })),
    fc
      .subarray([...groups], { minLength: 1, maxLength: 3 })
      .map((value) => ({ containsAllValues: { GROUP_IDS: value } })),
    fc.constantFrom(1, 2).map((value) => ({ greaterThanOrEqual: { TYPE: value } })),
    fc.constantFrom(...languages).map((value) => ({ equals: { LANGUAGE: value } })),
  );
}

function expressionOf(given: FilterValues): Arbitrary {
  const [address, department, employeeId, group, instant] = [
    given.addresses,
    given.departments,
    given.employeeIds,
    given.groups,
    given.instants,
  ].map((some) => fc.constantFrom(...some).map((value) => JSON.stringify(value)));
  if (!address || !department || !employeeId || !group || !instant) throw new Error('values are missing');
  return fc
    .record({ address, other: address, department, employeeId, group, another: group, instant })
    .chain(({ address, another, department, employeeId, group, instant, other }) =>
      fc.constantFrom(
        `DEPT eq ${department.toUpperCase()}`,
        'DEPT pr and not (TYPE eq 2)',
        `GROUP_IDS eq ${group} or GROUP_IDS sw ${another.toUpperCase()}`,
        `LAST_LOGIN_TIME ge ${instant}`,
        `EMPLOYEE_UNIQUE_ID eq ${employeeId}`,
        'ROLE_ID eq "1" and EMAIL ew "@example.COM"',
        `EMAIL eq ${address} or EMAIL eq ${other} and STATUS ne "active"`,
        '__ENABLE__ eq false or STATUS eq "pending" and TYPE gt 1',
      ),
    );
}

/** A filter with these values as a tree or as a SCIM expression, or none. */
export function filterOf(given: FilterValues): Arbitrary {
  const tree = fc.letrec<{ node: unknown; leaf: unknown }>((tie) => ({
    leaf: leafOf(given),
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((parts) => ({ and: parts })),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((parts) => ({ or: parts })),
      tie('node').map((part) => ({ not: part })),
    ),
  })).node;
  const either = fc.oneof({ arbitrary: expressionOf(given), weight: 1 }, { arbitrary: tree, weight: 5 });
  return fc.option(either, { nil: undefined, freq: 8 });
}

/** A filter over the accounts of {@link anyUsers}. */
export const anyFilter: Arbitrary = filterOf(values);

export const anyStyle = fc.constantFrom<PagingStyle>('cookie', 'offset');

/** Options that change what has to be read. */
export const anySelection = fc.constantFrom(
  {},
  { attributesToGet: ['EMAIL'] },
  { attributesToGet: ['LANGUAGE'], returnDefaultAttributes: true },
);
