import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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
import { phonesOverRest, phonesOverScim, type Wish, wishes } from '../support/update-arbitraries.js';

const objectClass = 'ZoomUser';
const numRuns = 15;

interface Created {
  readonly uid: string;
  readonly warnings: readonly { readonly attributes?: readonly string[] }[];
}

/** Attributes with the values of wishes that set some; a list stays a list. */
function given(some: readonly Wish[], lists: Readonly<Record<string, unknown>>): Shown {
  const entries = some.map(({ name, valuesToReplace = [] }) => {
    const [value = null] = valuesToReplace;
    return [name, name in lists ? valuesToReplace : value] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== null && String(value) !== ''));
}

describe.each(ways)(`creates over $name (MODEL_SEED=${seed})`, (way) => {
  it('make a user as asked but for what a warning names, and write nothing when repeated', async () => {
    const service = await startForRandomUsers(way, { service: { duplicateErrorReturnsId: true } });
    const creatable = await attributesThatAre('creatable', service);
    const lists = {
      GROUP_IDS: service.simulator.state.groups.all().map(({ id }) => id),
      PROFILE_PHONE_NUMBERS: way.mode === 'scimAlone' ? phonesOverScim : phonesOverRest,
    };
    const actions = way.mode === 'rest' ? ['create', 'custCreate', 'ssoCreate', 'autoCreate'] : ['ssoCreate'];
    let users = 0;
    await assertProperty(
      fc.asyncProperty(wishes(creatable, lists), fc.constantFrom(...actions), async (some, action) => {
        users += 1;
        const address = `random.${users}@example.com`;
        const password = action === 'autoCreate' ? { __PASSWORD__: 'Secret-123!' } : {};
        const values = given(some, lists);
        const attributes = { __NAME__: address, CREATE_ACTION: action, ...password, ...values };
        const answer = await service.post('create', { objectClass, attributes });
        expect([answer.status, answer.body]).toMatchObject([201, {}]);
        const { uid, warnings } = answer.body as Created;
        const warned = warnings.flatMap(({ attributes: names = [] }) => names);
        const shown = await listed(service, address, creatable);
        for (const [name, value] of Object.entries(values).filter(([name]) => !warned.includes(name))) {
          expect([name, sorted(shown[name])]).toEqual([name, sorted(value)]);
        }
        service.calls();
        const again = await service.post('create', { objectClass, attributes });
        expect([again.status, again.body]).toMatchObject([200, { uid }]);
        // What a warning names is missing and tried again.
        if (warned.length === 0) expect(writes(service)).toEqual([]);
        await service.post('delete', { objectClass, uid }).expect(204);
      }),
      { seed, numRuns },
    );
    await service.close();
  });
});
