import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Call } from '../../../src/connector/object-class/call.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import { textAt } from '../../../src/zoom/kit/json.js';
import { answerTooLarge, mayBeTooLarge } from '../../../src/zoom/kit/page-refusals.js';
import { PageSizes } from '../../../src/zoom/kit/page-size.js';
import { createLists, type PagedList } from '../../../src/zoom/kit/paged-list.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { assertProperty } from '../../support/assert-property.js';
import { fakeSession, refusal } from '../../support/fake-session.js';

const size = { list: 'rows', largest: 5, older: 2 };

const pages: PagedList = {
  rows: 'rows',
  keyOf: (row) => textAt(row, 'id'),
  size,
  page: (token, asked = size.largest) => ({
    endpoint: userEndpoints.listUsers,
    query: { page_size: asked, next_page_token: token },
    why: 'test',
  }),
};

/** What an account does with a page that is too large for it. */
type Answer = 'refuses' | 'gives fewer';

const wordless = refusal('invalidAttributeValue', 400, 300);
const invalidSize = new ConnectorError('invalidAttributeValue', 'HTTP 400', {
  errors: [{ path: 'page_size', message: 'Invalid field.' }],
  upstream: { status: 400, code: 300 },
});

/** An account that grants five rows a page until a call, and two from it on. Tokens belong to the size of their pages. */
class Account {
  readonly sizes: number[] = [];
  readonly rows: readonly string[];
  readonly #granted = new PageSizes();

  constructor(
    count: number,
    private readonly answer: Answer,
    private readonly lowersAt = 1,
  ) {
    this.rows = Array.from({ length: count }, (_, index) => String(index).padStart(22, '0'));
  }

  readonly session = fakeSession(({ query = {} }) => this.#page(query));

  async read(): Promise<readonly string[]> {
    const read: string[] = [];
    const rows = createLists({ verifyTotals: true }, this.#granted).distinct(pages, this.session);
    for await (const row of rows) read.push(textAt(row, 'id') ?? '');
    return read;
  }

  #page({ next_page_token: token, page_size }: NonNullable<Call['query']>): unknown {
    const asked = Number(page_size);
    this.sizes.push(asked);
    const isLowered = this.sizes.length >= this.lowersAt;
    const [start = 0, made = asked] = typeof token === 'string' ? token.split(' ').map(Number) : [];
    if (made !== asked) throw refusal('invalidAttributeValue', 400, 300, 'The next page token is invalid.');
    if (isLowered && asked > size.older && this.answer === 'refuses') throw invalidSize;
    const end = start + (isLowered ? Math.min(asked, size.older) : asked);
    return {
      total_records: this.rows.length,
      next_page_token: end < this.rows.length ? `${end} ${asked}` : '',
      rows: this.rows.slice(start, end).map((id) => ({ id })),
    };
  }
}

describe('a list whose maximum is not granted by every account', () => {
  it('is read in the largest pages where they are granted', async () => {
    const account = new Account(12, 'refuses', Infinity);
    expect(await account.read()).toEqual(account.rows);
    expect(account.sizes).toEqual([5, 5, 5, 5, 5]);
  });

  it.each<Answer>(['refuses', 'gives fewer'])(
    'is read in the older ones where Zoom %s, at the cost of a call, and the next time at once',
    async (answer) => {
      const account = new Account(6, answer);
      expect(await account.read()).toEqual(account.rows);
      expect(account.sizes).toEqual([5, 2, 2, 2, 2, 2]);
      expect(await account.read()).toEqual(account.rows);
      expect(account.sizes.slice(6)).toEqual([2, 2, 2, 2, 2]);
    },
  );

  it('may have fewer rows than were asked for on its last page', async () => {
    const account = new Account(4, 'gives fewer', Infinity);
    await account.read();
    await account.read();
    expect(account.sizes).toEqual([5, 5]);
  });

  it('gives every row once, whenever Zoom begins to grant less', async () => {
    const answers = fc.constantFrom<Answer>('refuses', 'gives fewer');
    await assertProperty(
      fc.asyncProperty(
        fc.nat({ max: 80 }),
        answers,
        fc.integer({ min: 1, max: 40 }),
        async (count, ...how) => {
          const account = new Account(count, ...how);
          expect(await account.read()).toEqual(account.rows);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is not thought to be smaller because of a refusal that concerns something else', async () => {
    const account = new Account(6, 'refuses', Infinity);
    const refusing = fakeSession(() => {
      throw wordless;
    });
    const sizes = new PageSizes();
    const read = async (session = refusing) => {
      for await (const row of createLists({ verifyTotals: true }, sizes).distinct(pages, session)) {
        expect(row).toBeDefined();
      }
    };
    await expect(read()).rejects.toBe(wordless);
    expect(refusing.calls.map(({ query }) => query?.['page_size'])).toEqual([5, 2]);
    await read(account.session);
    expect(account.sizes[0]).toBe(5);
  });
});

describe('a refusal', () => {
  it.each([
    ['names the size', invalidSize, true],
    ['names nothing', wordless, true],
    [
      'names another field',
      new ConnectorError('invalidAttributeValue', 'x', {
        errors: [{ path: 'role_id', message: 'Invalid field.' }],
        upstream: { status: 400, code: 300 },
      }),
      false,
    ],
    ['is our own, of an answer too large to read', new ConnectorError('connectorIO', answerTooLarge), true],
    ['is about scopes', refusal('permissionDenied', 400, 4711), false],
    ['is no refusal of the query', refusal('connectorIO', 503), false],
  ])('that %s', (_, error, expected) => {
    expect(mayBeTooLarge(error)).toBe(expected);
  });
});
