import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lostByScimDeactivation } from '../../src/zoom/user/scim/licence-catalogue.js';
import { assertProperty } from '../support/assert-property.js';
import {
  attributesThatAre,
  listed,
  seed,
  type Shown,
  sorted,
  startForRandomUsers,
  ways,
  writes,
} from '../support/random-users.js';
import {
  applyWish,
  phonesOverRest,
  phonesOverScim,
  type Wish,
  wishes,
} from '../support/update-arbitraries.js';

const objectClass = 'ZoomUser';
const numRuns = 15;

const set = (name: string, value: number | boolean): Wish => ({ name, valuesToReplace: [value] });
/** Counterexamples of old: a licence that is held and lost by the same update, and one that an inactive user cannot have. */
const examples: [Wish[], Wish[]][] = [
  [[set('TYPE', 2)], [set('TYPE', 2), set('__ENABLE__', false)]],
  [[set('__ENABLE__', false)], [set('TYPE', 2)]],
];

/** Those that no change of another one sways: no licence, and no name that Zoom makes of others. */
function bystanders(changeable: ReadonlySet<string>): readonly string[] {
  return [...changeable].filter((name) => name !== 'DISPLAY_NAME' && !lostByScimDeactivation.has(name));
}

describe.each(ways)(`updates over $name (MODEL_SEED=${seed})`, (way) => {
  it('leave a user as the deltas say, whatever it was, and write nothing when repeated', async () => {
    const service = await startForRandomUsers(way, { custom: { updateDisabledUsers: true } });
    const changeable = await attributesThatAre('updateable', service);
    const groups = service.simulator.state.groups.all().map(({ id }) => id);
    const phones = way.mode === 'scimAlone' ? phonesOverScim : phonesOverRest;
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
        .reduce<Shown>(
          (shown, wish) => ({ ...shown, [wish.name]: applyWish(shown[wish.name], wish) }),
          before,
        );
      const after = await listed(service, address, names);
      for (const name of names) expect([name, sorted(after[name])]).toEqual([name, sorted(expected[name])]);
      service.calls();
      await service.post('update-delta', request).expect(200);
      expect(writes(service)).toEqual([]);
    };
    let users = 0;
    await assertProperty(
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
