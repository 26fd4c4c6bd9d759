import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lostByScimDeactivation } from '../../src/zoom/scim/user/losses.js';
import { modeSettings } from '../scim/address-states.js';
import { variants } from '../scim/variants.js';
import { startService, type TestService } from '../support/service.js';
import {
  applyWish,
  phonesOverRest,
  phonesOverScim,
  type Wish,
  wishes,
} from '../support/update-arbitraries.js';

const objectClass = 'ZoomUser';
const seed = Number(process.env['MODEL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = 15;

const set = (name: string, value: number | boolean): Wish => ({ name, valuesToReplace: [value] });
/** Counterexamples of old: a licence that is held and lost by the same update, and one that an inactive user can not have. */
const examples: [Wish[], Wish[]][] = [
  [[set('TYPE', 2)], [set('TYPE', 2), set('__ENABLE__', false)]],
  [[set('__ENABLE__', false)], [set('TYPE', 2)]],
];

type Attributes = Readonly<Record<string, Parameters<typeof applyWish>[0]>>;

/** Attributes a caller can both change and read, and those of them that can be given at create. */
async function attributesOf(service: TestService): Promise<ReadonlySet<string>> {
  const answer = await service.get('/v1/schema').expect(200);
  type Info = Readonly<Record<'updateable' | 'readable', boolean>> & { readonly name: string };
  const [users] = (answer.body as { objectClasses: [{ attributes: Info[] }] }).objectClasses;
  const changeable = users.attributes.filter(({ readable, updateable }) => readable && updateable);
  return new Set(changeable.map(({ name }) => name));
}

/** Those that no change of another one sways: no licence, and no name that Zoom makes of others. */
function bystanders(changeable: ReadonlySet<string>): readonly string[] {
  return [...changeable].filter((name) => name !== 'DISPLAY_NAME' && !lostByScimDeactivation.has(name));
}

const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.map(String).sort() : value);

/** A user as a listing tells it: unlike a single read, it is not put right by what was written lately. */
async function listed(service: TestService, address: string, names: readonly string[]) {
  const filter = { startsWith: { EMAIL: address } };
  const request = { objectClass, filter, options: { attributesToGet: names } };
  const answer = await service.post('search', request).expect(200);
  const [user] = (answer.body as { results: { attributes: Attributes }[] }).results;
  return user?.attributes ?? {};
}

const chosen = variants.filter(({ name }) =>
  [...Object.values(modeSettings).map(({ title }) => title), 'SCIM alone, PUT replaces'].includes(name),
);

describe.each(chosen)(`updates over $name (MODEL_SEED=${seed})`, ({ mode, settings }) => {
  it('leave a user as the deltas say, whatever it was, and write nothing when repeated', async () => {
    const custom = { deactivateOnDelete: false, updateDisabledUsers: true };
    const { service: api = {}, simulator = {} } = settings;
    const service = await startService({
      service: api,
      custom,
      simulator: { users: 12, groups: 3, phoneUsers: 0, ...simulator },
    });
    const changeable = await attributesOf(service);
    const groups = service.simulator.state.groups.all().map(({ id }) => id);
    const phones = mode === 'scimAlone' ? phonesOverScim : phonesOverRest;
    const arbitrary = wishes(changeable, { GROUP_IDS: groups, PROFILE_PHONE_NUMBERS: phones });
    const apply = async (uid: string, address: string, deltas: readonly Wish[]) => {
      const names = [...new Set([...deltas.map(({ name }) => name), ...bystanders(changeable)])];
      const before = await listed(service, address, names);
      const request = { objectClass, uid, deltas };
      const answer = await service.post('update-delta', request);
      expect([answer.status, answer.body]).toMatchObject([200, {}]);
      const { sideEffects, warnings } = answer.body as { sideEffects: Wish[]; warnings: { code: string }[] };
      expect(warnings.filter(({ code }) => code !== 'LOST_BY_DEACTIVATION')).toEqual([]);
      const expected = [...deltas, ...sideEffects]
        .filter(({ name }) => names.includes(name))
        .reduce<Attributes>(
          (shown, wish) => ({ ...shown, [wish.name]: applyWish(shown[wish.name], wish) }),
          before,
        );
      const after = await listed(service, address, names);
      for (const name of names) expect([name, sorted(after[name])]).toEqual([name, sorted(expected[name])]);
      service.calls();
      await service.post('update-delta', request).expect(200);
      const writes = service.calls().filter((call) => !call.startsWith('GET'));
      expect(writes).toEqual([]);
    };
    let users = 0;
    await fc.assert(
      fc.asyncProperty(arbitrary, arbitrary, async (first, second) => {
        users += 1;
        const address = `random.${users}@example.com`;
        const attributes = { EMAIL: address, CREATE_ACTION: 'ssoCreate', FIRST_NAME: 'A', LAST_NAME: 'B' };
        const created = await service.post('create', { objectClass, attributes }).expect(201);
        const { uid } = created.body as { uid: string };
        await apply(uid, address, first);
        await apply(uid, address, second);
        await service.post('delete', { objectClass, uid }).expect(204);
      }),
      { seed, numRuns, examples },
    );
    await service.close();
  });
});
