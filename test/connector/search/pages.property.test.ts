import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matches } from '../../../src/connid/evaluate-filter.js';
import { parseFilter } from '../../../src/connid/parse-filter.js';
import type { ConnectorObject } from '../../../src/connector/connector.js';
import type { FoundObject } from '../../../src/connector/object-class/found-object.js';
import { candidate, readAttributes } from '../../../src/connector/object-class/reading.js';
import { assertProperty } from '../../support/assert-property.js';
import { byUid } from '../../support/by-uid.js';
import { FakeAccount, type FakeUser } from '../../support/fake-account.js';
import { anyFilter, anySelection, anyStyle, anyUsers } from '../../support/search-arbitraries.js';
import {
  classesFor,
  copyingContexts,
  forgetful,
  type Found,
  searchingConnector,
  searchUsers,
  walkPages,
} from '../../support/searching.js';

const [userClass] = classesFor({});
const names = (objects: readonly ConnectorObject[]) => objects.map(({ name }) => name).sort();
const allObjects = (pages: readonly Found[]) => pages.flatMap(({ objects }) => objects);

/** What the evaluator says of the account's state, without any search. */
function modelled(users: readonly FakeUser[], json: unknown): readonly string[] {
  if (userClass === undefined) throw new Error('there is no user class');
  const { view } = userClass;
  const filter = json === undefined ? undefined : parseFilter(view, json);
  const accepted = users.filter((user) => {
    const uid = user.status === 'pending' && !user.pendingId ? user.email.toLowerCase() : user.id;
    const found: FoundObject = { uid, name: user.email, records: new Map([['user', user]]) };
    const attributes = readAttributes(
      userClass,
      found,
      view.attributes().map(({ name }) => name),
    );
    return filter === undefined || matches(filter, candidate(view, found, attributes));
  });
  return accepted.map(({ email }) => email).sort();
}

/** The filter depends on a partition and nothing else, so the totals of the lists are those of the search. */
const isCountable = (filter: unknown) =>
  filter === undefined || /^\{"equals":\{"(STATUS|ROLE_ID)"/.test(JSON.stringify(filter));

describe('pages of a search of a quiet account', () => {
  const sizes = fc.record({
    pageSize: fc.integer({ min: 1, max: 7 }),
    zoomPage: fc.integer({ min: 1, max: 6 }),
  });

  it('concatenate to the unpaged result, which is what the evaluator says', async () => {
    await assertProperty(
      fc.asyncProperty(
        anyUsers(),
        anyFilter,
        sizes,
        anyStyle,
        anySelection,
        async (users, filter, { pageSize, zoomPage }, style, selection) => {
          const account = new FakeAccount(users);
          const connector = searchingConnector(account, { zoomPage });
          const unpaged = await searchUsers(connector, filter, selection);
          const cost = account.calls.length;
          expect(names(unpaged.objects)).toEqual(modelled(users, filter));
          const pages = await walkPages(() => connector, filter, style, { ...selection, pageSize });
          expect(byUid(allObjects(pages))).toEqual(byUid(unpaged.objects));
          expect(pages.slice(0, -1).every(({ objects }) => objects.length === pageSize)).toBe(true);
          // Beyond the unpaged search: the totals of two lists, and when the last page is full one that finds nothing.
          expect(account.calls.length - cost).toBeLessThanOrEqual(cost + 2);
        },
      ),
      { numRuns: 250 },
    );
  });

  it('count what follows wherever the lists tell', async () => {
    await assertProperty(
      fc.asyncProperty(
        anyUsers(),
        anyFilter,
        sizes,
        anyStyle,
        async (users, filter, { pageSize, zoomPage }, style) => {
          const connector = searchingConnector(new FakeAccount(users), { zoomPage });
          const pages = await walkPages(() => connector, filter, style, { pageSize });
          const total = allObjects(pages).length;
          let given = 0;
          for (const { objects, remainingPagedResults } of pages) {
            given += objects.length;
            const exact = total - given;
            expect(isCountable(filter) ? [exact] : [exact, -1]).toContain(remainingPagedResults);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are right when contexts are forgotten, and in any order', async () => {
    await assertProperty(
      fc.asyncProperty(
        anyUsers(14),
        anyFilter,
        sizes,
        anyStyle,
        fc.record({
          losses: fc.infiniteStream(fc.boolean()),
          jumps: fc.array(fc.nat({ max: 20 }), { maxLength: 4 }),
        }),
        async (users, filter, { pageSize, zoomPage }, style, { jumps, losses }) => {
          const account = new FakeAccount(users);
          const contexts = copyingContexts();
          const keeping = searchingConnector(account, { zoomPage, contexts });
          const losing = searchingConnector(account, { zoomPage, contexts: forgetful });
          const unpaged = await searchUsers(keeping, filter);
          const pages = await walkPages(
            () => (losses.next().value === true ? losing : keeping),
            filter,
            style,
            { pageSize },
          );
          const inOrder = allObjects(pages);
          expect(byUid(inOrder)).toEqual(byUid(unpaged.objects));
          for (const offset of jumps) {
            const page = await searchUsers(keeping, filter, { pageSize, pagedResultsOffset: offset + 1 });
            expect(page.objects).toEqual(inOrder.slice(offset, offset + pageSize));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
