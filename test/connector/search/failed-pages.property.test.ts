import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConnectorError } from '../../../src/connid/errors.js';
import type { Connector } from '../../../src/connector/connector.js';
import type { Target } from '../../../src/connector/object-class/call.js';
import { assertProperty } from '../../support/assert-property.js';
import { FakeAccount, fakeUser } from '../../support/fake-account.js';
import { refusal } from '../../support/fake-session.js';
import { anyTurns, overtaking } from '../../support/overtaking.js';
import { searchingConnector, searchUsers } from '../../support/searching.js';

const details = { attributesToGet: ['LANGUAGE'] };

const mostFailures = 6;

/** A target whose calls of these numbers fail. */
function failing(target: Target, numbers: readonly number[]): Target {
  let made = 0;
  return {
    send: (call, context) => {
      made += 1;
      return numbers.includes(made)
        ? Promise.reject(refusal('connectorIO', 502))
        : target.send(call, context);
    },
  };
}

/** Walks by cookie, and repeats each page that fails, as often as calls may fail. */
async function patientWalk(connector: Connector, pageSize: number): Promise<readonly string[]> {
  const uids: string[] = [];
  let failed = 0;
  for (let cookie: string | null | undefined; cookie !== null;) {
    try {
      const options = { ...details, pageSize, ...(cookie !== undefined && { pagedResultsCookie: cookie }) };
      const page = await searchUsers(connector, undefined, options);
      uids.push(...page.objects.map(({ uid }) => uid));
      cookie = page.pagedResultsCookie;
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(ConnectorError);
      if ((failed += 1) > mostFailures) throw thrown;
    }
  }
  return uids;
}

it('a page that fails at any call loses nobody when it is repeated, and gives nobody twice', async () => {
  const sizes = fc.record({
    users: fc.integer({ min: 1, max: 30 }),
    zoomPage: fc.integer({ min: 1, max: 6 }),
    pageSize: fc.integer({ min: 1, max: 30 }),
  });
  const failures = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: mostFailures });
  await assertProperty(
    fc.asyncProperty(sizes, failures, anyTurns, async ({ pageSize, users, zoomPage }, numbers, turns) => {
      const account = new FakeAccount(Array.from({ length: users }, (_, i) => fakeUser(i, 'active')));
      const target = overtaking(failing(account, numbers), turns);
      const connector = searchingConnector(target, { zoomPage });
      expect(await patientWalk(connector, pageSize)).toEqual(account.users.map(({ id }) => id));
    }),
    { numRuns: 200 },
  );
});
