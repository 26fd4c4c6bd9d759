import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Target } from '../../../src/connector/object-class/call.js';
import { assertProperty } from '../../support/assert-property.js';
import { FakeAccount, fakeUser } from '../../support/fake-account.js';
import { anyTurns, overtaking } from '../../support/overtaking.js';
import { type PagingStyle, searchingConnector, searchUsers, walkPages } from '../../support/searching.js';

/** An active user who leaves the account, or joins it, before a call. */
interface Event {
  readonly call: number;
  /** Place in the list of the leaver, or of the user behind whom the joiner stands. */
  readonly place: number;
  readonly joins: boolean;
}

/** An account of active users whose places leave room for joiners between them. */
const accountOf = (count: number): FakeAccount =>
  new FakeAccount(Array.from({ length: count }, (_, index) => fakeUser(index * 100, 'active')));

/** Lets people leave and join, and remembers who left. */
function script(account: FakeAccount, events: readonly Event[]): ReadonlySet<string> {
  const left = new Set<string>();
  const happen = ({ joins, place }: Event, index: number): void => {
    const { users } = account;
    const chosen = users[place % Math.max(1, users.length)];
    if (joins) account.users = [...users, fakeUser((chosen?.seq ?? 0) + index + 1, 'active')];
    else if (chosen !== undefined) {
      left.add(chosen.email);
      account.users = users.filter((user) => user !== chosen);
    }
  };
  events.forEach((event, index) => {
    const before = account.events.get(event.call) ?? [];
    account.events.set(event.call, [...before, () => happen(event, index)]);
  });
  return left;
}

const events = fc.array(
  fc.record({ call: fc.integer({ min: 1, max: 24 }), place: fc.nat({ max: 40 }), joins: fc.boolean() }),
  { maxLength: 8 },
);

type Way = 'unpaged' | PagingStyle;

async function namesOf(target: Target, zoomPage: number, way: Way): Promise<readonly string[]> {
  const connector = searchingConnector(target, { zoomPage });
  if (way === 'unpaged') return (await searchUsers(connector, undefined)).objects.map(({ name }) => name);
  const pages = await walkPages(() => connector, undefined, way, { pageSize: 5 });
  return pages.flatMap(({ objects }) => objects.map(({ name }) => name));
}

describe('people who leave and join while users are listed', () => {
  it.each<Way>(['unpaged', 'cookie', 'offset'])('hide nobody else (%s)', async (way) => {
    const sizes = fc.record({
      count: fc.integer({ min: 10, max: 25 }),
      zoomPage: fc.integer({ min: 2, max: 9 }),
    });
    await assertProperty(
      fc.asyncProperty(sizes, events, anyTurns, async ({ count, zoomPage }, happening, waits) => {
        const account = accountOf(count);
        const stayed = account.users.map(({ email }) => email);
        const left = script(account, happening);
        const given = await namesOf(overtaking(account, waits), zoomPage, way).catch((thrown: unknown) => {
          expect(thrown).toMatchObject({ kind: 'connectorIO' });
          return stayed;
        });
        expect(given).toEqual(expect.arrayContaining(stayed.filter((email) => !left.has(email))));
      }),
      { numRuns: 200 },
    );
  });

  it.each<Way>(['unpaged', 'cookie', 'offset'])(
    'do not fail the search when it is one of each (%s)',
    async (way) => {
      const account = accountOf(21);
      const [first] = account.users;
      account.events.set(4, [
        (changed) => {
          changed.users = [...changed.users.filter((user) => user !== first), fakeUser(9999, 'active')];
        },
      ]);
      const given = await namesOf(account, 9, way);
      const others = accountOf(21).users.slice(1);
      expect(given).toEqual(expect.arrayContaining(others.map(({ email }) => email)));
    },
  );
});
