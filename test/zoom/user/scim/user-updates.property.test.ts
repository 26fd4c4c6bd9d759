import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { systemClock } from '../../../../src/zoom/kit/clock.js';
import { FaultFixture } from '../../../faults/fault-fixture.js';
import { assertProperty } from '../../../support/assert-property.js';
import { startService } from '../../../support/service.js';

const objectClass = 'ZoomUser';
const bundles = ['ZOOM_ONE_BIZ_PLUS', 'ZOOM_ONE_EDU', 'ZOOM_ONE_ENT_PREMIER'] as const;
const codes: Readonly<Record<string, readonly string[]>> = {
  ZOOM_ONE_BIZ_PLUS: ['16', '32'],
  ZOOM_ONE_EDU: ['576460752303423488'],
  ZOOM_ONE_ENT_PREMIER: ['134217728'],
};
const texts = [
  ...['FIRST_NAME', 'LAST_NAME', 'DISPLAY_NAME', 'DEPT', 'COMPANY', 'COST_CENTER', 'MANAGER', 'PRONOUNS'],
  ...['EMPLOYEE_UNIQUE_ID', 'JOB_TITLE', 'LOCATION', 'ZOOM_DOCS_SUBSCRIPTION', 'TRANSFEREE'],
] as const;
const cleared = ['DEPT', 'COMPANY', 'COST_CENTER', 'MANAGER', 'PRONOUNS', 'JOB_TITLE', 'LOCATION'];
const switches = ['ZOOM_WHITEBOARD', 'ZOOM_DOCS', 'ZOOM_REVENUE_ACCELERATOR', 'ZOOM_AI_COMPANION'] as const;

type Value = string | number | boolean | null;
type Delta = Readonly<Record<string, Value>>;

const text = fc.constantFrom('Ada', "O'Neil", 'R&D "ü"', 'a\\b', '東京');
const bundle = fc
  .constantFrom(...bundles)
  .chain((name) => fc.constantFrom(null, ...(codes[name] ?? [])).map((value) => [name, value] as const));
const change = fc.oneof(
  fc.tuple(fc.constantFrom(...texts), text),
  fc.tuple(fc.constantFrom(...cleared), fc.constant(null)),
  fc.tuple(fc.constantFrom(...switches), fc.boolean()),
  fc.tuple(fc.constant('TYPE'), fc.constantFrom(1, 2)),
  fc.tuple(fc.constant('ROLE_NAME'), fc.constantFrom('Member', 'Admin')),
  fc.tuple(fc.constant('ROLE_ID'), fc.constantFrom('1', '2')),
  fc.tuple(fc.constant('LANGUAGE'), fc.constantFrom('de-DE', 'en-US')),
  bundle,
);
const delta = fc
  .array(change, { minLength: 1, maxLength: 4 })
  .map((entries) => withoutRivals(Object.fromEntries<Value>(entries)));
const update = fc.record({ delta, pauseMs: fc.constantFrom(0, 11_000) });

/** One value for what several attributes stand for. */
function withoutRivals(given: Delta): Delta {
  const rivals = [['ROLE_ID', 'ROLE_NAME'], bundles.filter((name) => given[name] !== null)];
  const spare = rivals.flatMap((names) => names.filter((name) => name in given).slice(1));
  return Object.fromEntries(Object.entries(given).filter(([name]) => !spare.includes(name)));
}

/** What a user has after an update. */
function after(before: Delta, given: Delta): Delta {
  const bundled = bundles.some((name) => given[name] !== undefined && given[name] !== null);
  const gone = bundled ? Object.fromEntries(bundles.map((name) => [name, null])) : {};
  const role = { Member: '2', Admin: '1' }[String(given['ROLE_NAME'])];
  const name = { '2': 'Member', '1': 'Admin' }[String(given['ROLE_ID'])];
  const roles = {
    ...(role !== undefined && { ROLE_ID: role }),
    ...(name !== undefined && { ROLE_NAME: name }),
  };
  return { ...before, ...gone, ...given, ...roles };
}

it.each(['merge', 'replace'])(
  'updates over SCIM lose nothing and bring nothing back (PUT: %s)',
  async (scimPut) => {
    let ahead = 0;
    const clock = { ...systemClock, now: () => systemClock.now() + ahead };
    const service = await startService(
      { service: { api: 'scim' }, simulator: { users: 400, groups: 3, phoneUsers: 0, scimPut } },
      { client: { clock } },
    );
    const fixture = new FaultFixture(service.simulator);
    const names = [
      ...texts,
      ...switches,
      ...bundles,
      'TYPE',
      'ROLE_NAME',
      'ROLE_ID',
      'LANGUAGE',
      'GROUP_IDS',
    ];
    const read = async (uid: string) => {
      ahead += 11_000;
      const answer = await service.post('get', { objectClass, uid, options: { attributesToGet: names } });
      return (answer.body as { attributes: Delta }).attributes;
    };
    await assertProperty(
      fc.asyncProperty(fc.array(update, { minLength: 1, maxLength: 4 }), async (updates) => {
        const user = fixture.user();
        for (const group of fixture.groups().slice(0, 2)) fixture.join(group, user);
        let expected = await read(user.id);
        for (const { delta: given, pauseMs } of updates) {
          ahead += pauseMs;
          const deltas = Object.entries(given).map(([name, value]) => ({ name, valuesToReplace: value }));
          await service.post('update-delta', { objectClass, uid: user.id, deltas }).expect(200);
          expected = after(expected, given);
        }
        expect(await read(user.id)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
    await service.close();
  },
);
