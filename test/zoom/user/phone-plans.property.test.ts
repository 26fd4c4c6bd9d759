import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connector, JsonAttributeValue } from '../../../src/connector/connector.js';
import { assertProperty } from '../../support/assert-property.js';
import { type ModelPhone, modelSites, modelUserId, ModelZoom } from '../../support/model-zoom.js';
import { userConnector } from '../../support/user-connector.js';
import { testContext } from '../../support/zoom-client.js';

const plans = [100, 200, 300, 1000];
const numbers = ['+12055550001', '+12055550002', '+442071838750', '+81312345678'];

const phoneState: fc.Arbitrary<ModelPhone> = fc.record({
  extension: fc.constantFrom('801', '802'),
  site: fc.constantFrom(...modelSites.map(({ id }) => id)),
  plans: fc.subarray(plans),
  numbers: fc.subarray(numbers),
  status: fc.constantFrom('activate', 'deactivate'),
});

interface ListDelta {
  readonly replace?: readonly (string | number)[];
  readonly add?: readonly (string | number)[];
  readonly remove?: readonly (string | number)[];
}

function listDelta(values: Entry[]): fc.Arbitrary<ListDelta> {
  const some = fc.subarray(values, { minLength: 1 });
  return fc.oneof(
    fc.subarray(values).map((replace) => ({ replace })),
    some.map((add) => ({ add })),
    some.map((remove) => ({ remove })),
    fc.tuple(some, some).map(([add, remove]) => ({ add, remove })),
  );
}

const anyWish = fc.record(
  {
    feature: fc.boolean(),
    extension: fc.constantFrom('801', '802', '803'),
    site: fc.tuple(fc.constantFrom(...modelSites), fc.constantFrom('SITE_ID', 'SITE_NAME', 'SITE_CODE')),
    plans: listDelta(plans),
    numbers: listDelta(numbers),
    dept: fc.constantFrom('Sales', 'Research'),
  },
  { requiredKeys: [] },
);

type Wish = typeof anyWish extends fc.Arbitrary<infer W> ? W : never;

function deltasOf({ dept, extension, feature, numbers: phones, plans: codes, site }: Wish) {
  const siteValue =
    site && { SITE_ID: site[0].id, SITE_NAME: site[0].name, SITE_CODE: site[0].site_code }[site[1]];
  const single = { ZOOM_PHONE_FEATURE: feature, EXTENSION_NUMBER: extension, DEPT: dept };
  return [
    ...Object.entries(single).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, valuesToReplace: [value] }],
    ),
    ...(site === undefined ? [] : [{ name: site[1], valuesToReplace: [siteValue] }]),
    ...listDeltas('ZOOM_PHONE_CALLING_PLANS', codes),
    ...listDeltas('ZOOM_PHONE_NUMBERS', phones),
  ];
}

function listDeltas(name: string, delta: ListDelta | undefined) {
  if (delta === undefined) return [];
  const { add, remove, replace } = delta;
  return [
    {
      name,
      ...(replace !== undefined && { valuesToReplace: replace }),
      ...(add !== undefined && { valuesToAdd: add }),
      ...(remove !== undefined && { valuesToRemove: remove }),
    },
  ];
}

type Entry = string | number;

/** ConnId's delta algebra. */
function apply(held: readonly Entry[], { add = [], remove = [], replace }: ListDelta = {}): readonly Entry[] {
  return replace ?? [...new Set([...held.filter((value) => !remove.includes(value)), ...add])];
}

const noPhone = {
  ZOOM_PHONE_FEATURE: false,
  EXTENSION_NUMBER: null,
  ZOOM_PHONE_NUMBERS: [],
  SITE_NAME: null,
};

/** Whether anything is asked for that only a phone user can have. */
function asksForPhone({ extension, numbers: phones, plans: codes, site }: Wish): boolean {
  const lists = [...apply([], codes), ...apply([], phones)];
  return extension !== undefined || site !== undefined || lists.length > 0;
}

/** What the user should look like, or why not. */
function expected(before: ModelPhone | null, wish: Wish): Readonly<Record<string, unknown>> | 'refused' {
  const has = wish.feature ?? before !== null;
  if (!has) {
    return wish.feature === undefined && asksForPhone(wish) ? 'refused' : noPhone;
  }
  const [main] = modelSites;
  const held = before ?? { extension: '800', site: main.id, plans: [], numbers: [] };
  const site = wish.site?.[0] ?? modelSites.find(({ id }) => id === held.site) ?? main;
  return {
    ZOOM_PHONE_FEATURE: true,
    EXTENSION_NUMBER: wish.extension ?? held.extension,
    SITE_ID: site.id,
    SITE_NAME: site.name,
    SITE_CODE: site.site_code,
    ZOOM_PHONE_CALLING_PLANS: sorted(apply(held.plans, wish.plans)),
    ZOOM_PHONE_NUMBERS: sorted(apply(held.numbers, wish.numbers)),
  };
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? (value as (string | number)[]).toSorted() : value;
}

async function readBack(connector: Connector, names: readonly string[]) {
  const object = await connector.get(
    { objectClass: 'ZoomUser', uid: modelUserId, options: { attributesToGet: names } },
    testContext(),
  );
  const entries = Object.entries<JsonAttributeValue>(object.attributes);
  return Object.fromEntries(entries.map(([name, value]) => [name, sorted(value)]));
}

describe('phone updates', () => {
  it('leave the user as the deltas say, whatever it was, and plan no write when repeated', async () => {
    await assertProperty(
      fc.asyncProperty(fc.option(phoneState), anyWish, async (before, wish) => {
        const zoom = new ModelZoom();
        zoom.phone = structuredClone(before);
        const connector = userConnector(zoom);
        const request = { objectClass: 'ZoomUser', uid: modelUserId, deltas: deltasOf(wish) };
        const wanted = expected(before, wish);
        if (wanted === 'refused') {
          await expect(connector.updateDelta(request, testContext())).rejects.toMatchObject({
            kind: 'preconditionFailed',
          });
          expect(zoom.writes()).toEqual([]);
          return;
        }
        await connector.updateDelta(request, testContext());
        const names = [...Object.keys(wanted), 'DEPT'];
        expect(await readBack(connector, names)).toEqual({ ...wanted, DEPT: wish.dept ?? null });

        const writes = zoom.writes().length;
        await connector.updateDelta(request, testContext());
        expect(zoom.writes()).toHaveLength(writes);
      }),
      { numRuns: 300 },
    );
  });
});
