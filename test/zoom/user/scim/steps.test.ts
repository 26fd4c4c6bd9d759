import { describe, expect, it } from '@jest/globals';
import { changeTo, type ResolvedChange } from '../../../../src/connid/delta.js';
import type { ConnectorError } from '../../../../src/connid/errors.js';
import { planSteps } from '../../../../src/connector/object-class/plan.js';
import { stepsOf } from '../../../../src/zoom/kit/binding.js';
import type { UserStepInput } from '../../../../src/zoom/user/policy/prepare-update.js';
import { scimUser } from '../../../../src/zoom/user/scim/resource.js';
import { scimUserSteps } from '../../../../src/zoom/user/scim/steps.js';
import { scimUserTables } from '../../../../src/zoom/user/scim/tables.js';
import { refusal } from '../../../support/fake-session.js';
import { partly, replaced } from '../../../support/resolved.js';
import { linesOf } from '../../../support/shown-calls.js';

const tables = scimUserTables([], true);
const rest = { phone_numbers: [{ country: 'GB', code: '+44', number: '2071838750', label: 'Home' }] };

function plan(changes: readonly ResolvedChange[], input: Partial<UserStepInput> = {}, restRecord?: object) {
  const user = scimUser({ id: 'U', phoneNumbers: [{ type: 'home', value: '+442071838750' }] });
  const records = new Map<string, unknown>([['scimUser', user]]);
  if (restRecord !== undefined) records.set('user', restRecord);
  return planSteps(scimUserSteps, stepsOf(tables.bindings), changes, {
    userId: 'U',
    status: 'active',
    activate: false,
    deactivate: false,
    logoutAfter: false,
    remainsInactive: false,
    tolerateEmailRefusal: false,
    licensedTurn: 'withProfile',
    failedSoFar: new Set<string>(),
    phone: { bundled: false, awaited: false, numbers: [] },
    bindings: tables.bindings,
    custom: { attributes: [], held: [], keys: {} },
    allChanges: new Map(changes.map((change) => [change.attribute, change])),
    present: { found: { uid: 'U', name: 'jill', records }, user, groups: 'told' },
    tables,
    ...input,
  });
}

const namesOf = (...args: Parameters<typeof plan>) => plan(...args).map(({ name }) => name);
const dept = replaced('DEPT', ['Sales'], ['']);
const renamed = replaced('__NAME__', ['jack@example.com'], ['jill@example.com']);
const language = replaced('LANGUAGE', ['de-DE'], ['en-US']);

describe('the steps of a user update over SCIM', () => {
  const everything = [
    renamed,
    replaced('__ENABLE__', [true], [false]),
    dept,
    language,
    replaced('LICENSE_INFO', ['A:1:S'], []),
    replaced('ROLE_ID', ['0'], ['2']),
    partly('GROUP_IDS', { add: ['G'], remove: ['H'] }, ['H']),
    replaced('EXTENSION_NUMBER', ['900']),
  ];
  const bracket = { activate: true, deactivate: true, logoutAfter: true };
  const steps = plan(everything, bracket);

  it('make SCIM calls first, then what is left to REST, and deactivate last', () => {
    expect(steps.map(({ name }) => name)).toEqual([
      'activate',
      'resource',
      'email',
      'groups',
      'profile',
      'licence',
      'role',
      'phoneProfile',
      'deactivate',
      'logout',
    ]);
  });

  it('depend on the activation alone: a refused change does not keep the address from being written', () => {
    const dependencies = steps.slice(0, 5).map(({ dependsOn }) => dependsOn);
    expect(dependencies).toEqual([[], ['activate'], ['activate'], ['activate'], ['activate']]);
  });

  it('end the bracket whatever happened, and report the status when they cannot', () => {
    expect(steps.filter((step) => step.guaranteed).map(({ name }) => name)).toEqual(['deactivate', 'logout']);
    const restored = (input: Partial<UserStepInput>) =>
      plan([], input).find(({ name }) => name === 'deactivate')?.restores;
    expect(restored(bracket)).toEqual(['__ENABLE__']);
    expect(restored({ deactivate: true })).toEqual([]);
  });

  it('switch the user by SCIM', () => {
    const [on, off] = linesOf(plan([], { activate: true, deactivate: true }));
    expect(on).toContain('activate: PATCH /Users/U');
    expect(on).toContain('true');
    expect(off).toContain('deactivate: PATCH /Users/U');
    expect(off).toContain('false');
    expect(namesOf([])).toEqual([]);
  });

  it('join groups before others are left, each by itself', () => {
    const [step] = plan([partly('GROUP_IDS', { add: ['G'], remove: ['H'] }, ['H'])]);
    expect(step?.independent).toBe(true);
    expect(step?.calls.map(({ params }) => params)).toEqual([{ groupId: 'G' }, { groupId: 'H' }]);
  });
});

describe('the address over SCIM', () => {
  const bodies = (...changes: readonly ResolvedChange[]) =>
    plan(changes).flatMap(({ calls }) => calls.map(({ body }) => JSON.stringify(body)));

  it('is written by a call of its own, which carries the other changes but not what must not be asked twice', () => {
    const extension = changeTo('ZOOM_PHONE_EXT_NUMBER', ['0']);
    const [resource, email] = bodies(renamed, dept, extension);
    expect(resource).toContain('Sales');
    expect(resource).toContain('zoomPhoneExtNumber');
    expect(resource).not.toContain('jack@example.com');
    expect(email).toContain('Sales');
    expect(email).not.toContain('zoomPhoneExtNumber');
    expect(email).toContain('jack@example.com');
  });

  const tolerate = (error: ConnectorError, tolerateEmailRefusal = true) =>
    plan([renamed], { tolerateEmailRefusal })[0]?.calls[0]?.tolerate?.(error);

  it.each([
    ['a foreign domain', refusal('permissionDenied', 400, undefined, 'The Domain is not managed.')],
    ['three changes a day', refusal('preconditionFailed', 429, undefined, 'Too many.')],
  ])('may be refused with a warning for %s, where the configuration says so', (_, error) => {
    expect(tolerate(error)).toEqual({
      code: 'EMAIL_NOT_CHANGED',
      message: `${error.message} ${error.details.upstream?.message ?? ''}`,
      attributes: ['__NAME__'],
    });
    expect(tolerate(error, false)).toBeUndefined();
  });

  it.each([
    ['an address that is taken', refusal('alreadyExists', 409)],
    ['too many requests', refusal('retryable', 429)],
    ['another precondition', refusal('preconditionFailed', 400)],
  ])('may not be refused for %s', (_, error) => {
    expect(tolerate(error)).toBeUndefined();
  });
});

describe('the profile over REST after a replacement', () => {
  const profileOf = (changes: readonly ResolvedChange[], record: object | undefined = rest) =>
    plan(changes, {}, record).find(({ name }) => name === 'profile');

  it('writes again what a replacement carries without its country, and reports it when that fails', () => {
    const profile = profileOf([dept]);
    expect(profile?.attributes).toEqual([]);
    expect(profile?.calls.map(({ writes }) => writes)).toEqual([['PROFILE_PHONE_NUMBERS']]);
    expect(JSON.stringify(profile?.calls[0]?.body)).toContain('GB');
  });

  it('writes it in one call with its own changes', () => {
    const profile = profileOf([dept, language]);
    expect(profile?.calls).toHaveLength(1);
    expect(Object.keys(profile?.calls[0]?.body ?? {}).sort()).toEqual(['language', 'phone_numbers']);
  });

  it('writes nothing again where nothing is replaced, or the numbers are changed anyway', () => {
    expect(profileOf([language])?.calls[0]?.writes).toEqual(['LANGUAGE']);
    const numbers = replaced('PROFILE_PHONE_NUMBERS', ['tel:+15550100;label=Home;country=US'], []);
    const [call, ...others] = profileOf([dept, numbers])?.calls ?? [];
    expect(JSON.stringify(call?.body)).not.toContain('GB');
    expect(others).toEqual([]);
  });

  it('is not written where REST was not read', () => {
    expect(namesOf([dept])).toEqual(['resource']);
  });
});
