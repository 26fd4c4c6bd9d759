import { describe, expect, it } from '@jest/globals';
import type { Call } from '../../../src/connector/object-class/call.js';
import { createLists, type PagedList } from '../../../src/zoom/kit/paged-list.js';
import { textAt } from '../../../src/zoom/kit/json.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { fakeSession, refusal } from '../../support/fake-session.js';
import { flowUntil, useVirtualTime, virtualClock } from '../../support/virtual-time.js';

useVirtualTime();

const roundMs = 100;

const pages: PagedList = {
  rows: 'rows',
  keyOf: (row) => textAt(row, 'id'),
  page: (token) => ({
    endpoint: userEndpoints.listUsers,
    query: { next_page_token: token },
    why: 'test',
  }),
};

const idOf = (number: number) => String(number).padStart(22, '0');

/** A list of rows, two a page, whose tokens are positions. Each answer takes a round. */
class SlowList {
  readonly asked: string[] = [];
  rows: readonly string[];
  /** Called with the number of each call, from 1. */
  before: (call: number) => void = () => undefined;

  constructor(count: number) {
    this.rows = Array.from({ length: count }, (_, index) => idOf(index));
  }

  readonly session = fakeSession(async (call) => {
    const token = tokenOf(call);
    this.asked.push(`${performance.now() / roundMs} ${token}`);
    const number = this.asked.length;
    await virtualClock.sleep(roundMs);
    this.before(number);
    const end = Number(token) + 2;
    return {
      total_records: this.rows.length,
      next_page_token: end < this.rows.length ? String(end) : '',
      rows: this.rows.slice(end - 2, end).map((id) => ({ id })),
    };
  });

  async read(): Promise<readonly string[]> {
    const read: string[] = [];
    const rows = createLists({ verifyTotals: true }).distinct(pages, this.session);
    for await (const row of rows) read.push(textAt(row, 'id') ?? '');
    return read;
  }
}

const tokenOf = ({ query }: Call): string => {
  const token = query?.['next_page_token'];
  return typeof token === 'string' ? token : '0';
};

/** The tokens that were asked for, by the round in which they were. */
function roundsOf(list: SlowList): readonly string[][] {
  const rounds = new Map<string, string[]>();
  for (const entry of list.asked) {
    const [round = '', token = ''] = entry.split(' ');
    rounds.set(round, [...(rounds.get(round) ?? []), token]);
  }
  return [...rounds.values()];
}

describe('a list of several pages', () => {
  it('is proven beside the page that follows, so that the second readings take no time', async () => {
    const list = new SlowList(9);
    expect(await flowUntil(list.read())).toEqual(list.rows);
    expect(roundsOf(list)).toEqual([['0'], ['2'], ['0', '4'], ['2', '6'], ['4', '8'], ['6']]);
  });

  it('is read on from the page behind an edge that is not proven', async () => {
    const list = new SlowList(9);
    const everybody = [...list.rows];
    list.before = (call) => {
      // The first leaves while the first page is read again, beside the third.
      if (call === 3) list.rows = list.rows.slice(1);
    };
    const read = await flowUntil(list.read());
    expect(read.toSorted()).toEqual(everybody);
    expect(roundsOf(list).slice(2, 6)).toEqual([['0', '4'], ['2'], ['0', '4'], ['2', '6']]);
  });

  it('does not fail with a page that was asked for in vain', async () => {
    const list = new SlowList(9);
    const everybody = [...list.rows];
    list.before = (call) => {
      if (call === 3) list.rows = list.rows.slice(1);
      if (call === 4) throw refusal('connectorIO', 502);
    };
    expect((await flowUntil(list.read())).toSorted()).toEqual(everybody);
  });

  it('fails with a page that was asked for before its turn', async () => {
    const list = new SlowList(9);
    list.before = (call) => {
      if (call === 4) throw refusal('connectorIO', 502);
    };
    await expect(flowUntil(list.read())).rejects.toMatchObject({ kind: 'connectorIO' });
    expect(list.asked).toHaveLength(4);
  });

  it('starts again when Zoom refuses the token of such a page', async () => {
    const list = new SlowList(9);
    list.before = (call) => {
      if (call === 4) throw refusal('invalidAttributeValue', 400, 300, 'The next page token is invalid.');
    };
    expect(await flowUntil(list.read())).toEqual(list.rows);
    expect(roundsOf(list).slice(2, 5)).toEqual([['0', '4'], ['0'], ['2']]);
  });
});
