import type { Group, User } from '../../src/simulator/state/records.js';
import type { TestSettings } from '../support/service.js';
import type { FaultFixture } from './fault-fixture.js';
import { canary } from '../support/canary.js';
import { replace } from '../support/deltas.js';

/** One run of an operation: the request, and what it is to bring about. */
export interface Scenario {
  readonly operation: 'test' | 'get' | 'search' | 'create' | 'update-delta' | 'delete';
  readonly body: object;
  readonly success: number;
  /** Whether the simulator's state shows an effect, by the attribute under which it is reported. */
  readonly effects: Readonly<Record<string, () => boolean>>;
  /** What must hold whatever happens: nothing doubled, nothing left half-way without a word. */
  readonly invariant?: (body: Readonly<Record<string, unknown>>) => boolean;
  /** What an answer that tells of success must hold. */
  readonly answerShows?: (body: Readonly<Record<string, unknown>>) => boolean;
}

/** An operation of the connector as the matrix runs it. */
export interface OperationRow {
  readonly name: string;
  /** Whether the operation can do without the call that a fault strikes for good. */
  readonly toleratesFault?: (fault: string, path: string) => boolean;
  readonly settings?: TestSettings;
  readonly prepare: (fixture: FaultFixture) => Scenario;
}

const inGroup = (user: User, group: Group) => () => user.groups.includes(group);
const isActive = (user: User) => () => user.status === 'active';
const isInactive = (user: User) => () => user.status === 'inactive';

function update(
  objectClass: 'ZoomUser' | 'ZoomGroup',
  { id }: { readonly id: string },
  deltas: readonly object[],
  effects: Scenario['effects'],
): Scenario {
  return { operation: 'update-delta', body: { objectClass, uid: id, deltas }, success: 200, effects };
}

function removal(
  objectClass: 'ZoomUser' | 'ZoomGroup',
  { id }: { readonly id: string },
  isGone: () => boolean,
  attribute: '__UID__' | '__ENABLE__' = '__UID__',
): Scenario {
  return {
    operation: 'delete',
    body: { objectClass, uid: id },
    success: 204,
    effects: { [attribute]: isGone },
  };
}

function createUser(
  fixture: FaultFixture,
  more: Readonly<Record<string, unknown>>,
  effects: EffectsOfNew,
): Scenario {
  const name = fixture.address();
  const made = () => fixture.usersNamed(name);
  const has = (effect: (user: User) => boolean) => () => made().some(effect);
  return {
    operation: 'create',
    body: { objectClass: 'ZoomUser', attributes: { __NAME__: name, FIRST_NAME: canary.firstName, ...more } },
    success: 201,
    effects: {
      __NAME__: () => made().length === 1,
      FIRST_NAME: has(({ first_name }) => first_name === canary.firstName),
      ...Object.fromEntries(Object.entries(effects).map(([name, effect]) => [name, has(effect)])),
    },
    invariant: () => made().length <= 1,
    answerShows: ({ uid }) => made()[0]?.id === uid,
  };
}

type EffectsOfNew = Readonly<Record<string, (user: User) => boolean>>;

function createGroup(fixture: FaultFixture): Scenario {
  const name = fixture.groupName();
  const member = fixture.user();
  const made = () => fixture.groups().filter((group) => group.name === name);
  return {
    operation: 'create',
    body: { objectClass: 'ZoomGroup', attributes: { __NAME__: name, MEMBER_IDS: [member.id] } },
    success: 201,
    effects: {
      __NAME__: () => made().length === 1,
      MEMBER_IDS: () => made().some((group) => group.members.includes(member)),
    },
    invariant: () => made().length <= 1,
    answerShows: ({ uid }) => made()[0]?.id === uid,
  };
}

function renameUser(fixture: FaultFixture): Scenario {
  const user = fixture.user();
  const address = fixture.address();
  const changes = () => user.secrets.emailChanges?.length ?? 0;
  const scenario = update('ZoomUser', user, [replace('__NAME__', address)], {
    __NAME__: () => user.email === address,
  });
  return { ...scenario, invariant: () => changes() === (user.email === address ? 1 : 0) };
}

function setPassword(fixture: FaultFixture): Scenario {
  const user = fixture.user();
  const changes = () => user.secrets.passwordChanges?.length ?? 0;
  const scenario = update('ZoomUser', user, [replace('__PASSWORD__', canary.password)], {
    __PASSWORD__: () => user.secrets.passwords?.[0] === canary.password,
  });
  return { ...scenario, invariant: () => changes() <= 1 };
}

function updateGroups(fixture: FaultFixture): Scenario {
  const [user, before, after] = [fixture.user(), fixture.group(), fixture.group()];
  fixture.join(before, user);
  return update('ZoomUser', user, [replace('GROUP_IDS', after.id)], {
    GROUP_IDS: () => inGroup(user, after)() && !inGroup(user, before)(),
  });
}

function disable(fixture: FaultFixture): Scenario {
  const user = fixture.user();
  const deltas = [replace('__ENABLE__', false), replace('DEPT', 'Gone')];
  const scenario = update('ZoomUser', user, deltas, {
    __ENABLE__: isInactive(user),
    DEPT: () => user.dept === 'Gone',
  });
  const isLoggedOut = () => (user.secrets.logouts ?? 0) > 0;
  return { ...scenario, invariant: (body) => isLoggedOut() || body['exception'] !== undefined };
}

function bracket(fixture: FaultFixture): Scenario {
  const user = fixture.user('inactive');
  const scenario = update('ZoomUser', user, [replace('DEPT', 'Rest')], { DEPT: () => user.dept === 'Rest' });
  const saysActive = ({ notApplied }: Readonly<Record<string, unknown>>) =>
    Array.isArray(notApplied) && notApplied.includes('__ENABLE__');
  return { ...scenario, invariant: (body) => isInactive(user)() || saysActive(body) };
}

function updateGroup(fixture: FaultFixture): Scenario {
  const [group, name, leaving, coming] = [
    fixture.group(),
    fixture.groupName(),
    fixture.user(),
    fixture.user(),
  ];
  fixture.join(group, leaving);
  const members = { name: 'MEMBER_IDS', valuesToAdd: [coming.id], valuesToRemove: [leaving.id] };
  return update('ZoomGroup', group, [replace('__NAME__', name), members], {
    __NAME__: () => group.name === name,
    MEMBER_IDS: () => group.members.includes(coming) && !group.members.includes(leaving),
  });
}

/** The operations of the matrix. */
export const operationRows: readonly OperationRow[] = [
  {
    name: 'test',
    toleratesFault: (fault, path) => fault === 'a missing scope' && path.startsWith('/phone/'),
    prepare: () => ({ operation: 'test', body: {}, success: 200, effects: {} }),
  },
  {
    name: 'get',
    prepare: (fixture) => {
      const user = fixture.user();
      return {
        operation: 'get',
        body: { objectClass: 'ZoomUser', uid: user.id },
        success: 200,
        effects: {},
        answerShows: ({ uid, name }) => uid === user.id && name === user.email,
      };
    },
  },
  {
    name: 'search',
    prepare: (fixture) => ({
      operation: 'search',
      body: { objectClass: 'ZoomGroup' },
      success: 200,
      effects: {},
      answerShows: ({ results }) => (results as unknown[]).length === fixture.groups().length,
    }),
  },
  {
    name: 'create user',
    prepare: (fixture) => {
      const group = fixture.group();
      const more = { CREATE_ACTION: 'ssoCreate', DEPT: 'New', GROUP_IDS: [group.id] };
      return createUser(fixture, more, {
        DEPT: ({ dept }) => dept === 'New',
        GROUP_IDS: (user) => inGroup(user, group)(),
      });
    },
  },
  {
    name: 'create user with password',
    prepare: (fixture) =>
      createUser(
        fixture,
        { CREATE_ACTION: 'autoCreate', __PASSWORD__: canary.password },
        { __PASSWORD__: ({ secrets }) => secrets.passwords?.[0] === canary.password },
      ),
  },
  { name: 'invite user', prepare: (fixture) => createUser(fixture, {}, {}) },
  { name: 'create group', prepare: createGroup },
  {
    name: 'update profile',
    prepare: (fixture) => {
      const user = fixture.user();
      return update('ZoomUser', user, [replace('DEPT', 'Matrix'), replace('COMPANY', 'Acme')], {
        DEPT: () => user.dept === 'Matrix',
        COMPANY: () => user.profile.company === 'Acme',
      });
    },
  },
  { name: 'update groups', prepare: updateGroups },
  { name: 'rename user', prepare: renameUser },
  { name: 'set password', prepare: setPassword },
  {
    name: 'disable with a change',
    settings: { custom: { immediateLogoutOnDeactivate: true } },
    prepare: disable,
  },
  { name: 'change inactive user', settings: { custom: { updateDisabledUsers: true } }, prepare: bracket },
  {
    name: 'delete by deactivation',
    settings: { custom: { deactivateOnDelete: true } },
    prepare: (fixture) => {
      const user = fixture.user();
      return removal('ZoomUser', user, isInactive(user), '__ENABLE__');
    },
  },
  {
    name: 'delete for good',
    settings: { custom: { deactivateOnDelete: false } },
    prepare: (fixture) => {
      const user = fixture.user();
      return removal('ZoomUser', user, () => fixture.usersNamed(user.email).length === 0);
    },
  },
  {
    name: 'withdraw an invitation',
    prepare: (fixture) => {
      const user = fixture.user('pending');
      return removal('ZoomUser', user, () => fixture.usersNamed(user.email).length === 0);
    },
  },
  { name: 'update group', prepare: updateGroup },
  {
    name: 'delete group',
    settings: { custom: { entitlementDeletionEnabled: true } },
    prepare: (fixture) => {
      const group = fixture.group();
      return removal('ZoomGroup', group, () => !fixture.groups().includes(group));
    },
  },
  {
    name: 'enable with a change',
    prepare: (fixture) => {
      const user = fixture.user('inactive');
      return update('ZoomUser', user, [replace('__ENABLE__', true), replace('DEPT', 'Back')], {
        __ENABLE__: isActive(user),
        DEPT: () => user.dept === 'Back',
      });
    },
  },
];
