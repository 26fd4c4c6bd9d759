import { describe, expect, it } from '@jest/globals';
import type { ResolvedChange } from '../../../src/connid/delta.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import { type PlannedStep, planSteps } from '../../../src/connector/object-class/plan.js';
import { stepsOf } from '../../../src/zoom/kit/binding.js';
import { userRestBindings } from '../../../src/zoom/user/bindings.js';
import type { UserStepInput } from '../../../src/zoom/user/policy/prepare-update.js';
import { userRestSteps } from '../../../src/zoom/user/steps.js';
import { refusal } from '../../support/fake-session.js';
import { growth, tooMuchGrowth } from '../../support/growth.js';
import { partly, replaced } from '../../support/resolved.js';
import { lineOf, linesOf } from '../../support/shown-calls.js';

const usual: UserStepInput = {
  userId: 'U',
  status: 'active',
  activate: false,
  deactivate: false,
  logoutAfter: false,
  remainsInactive: false,
  tolerateEmailRefusal: false,
  licensedTurn: 'withProfile',
  phone: { bundled: false, awaited: false, numbers: [] },
  bindings: userRestBindings,
  custom: { attributes: [], held: [], keys: {} },
};

function plan(
  changes: readonly ResolvedChange[],
  input: Partial<UserStepInput> = {},
): readonly PlannedStep[] {
  return planSteps(userRestSteps, stepsOf(userRestBindings), changes, { ...usual, ...input });
}

const lines = (...args: Parameters<typeof plan>) => linesOf(plan(...args));

/** Fields of the licence calls, in order. */
function licencesOf(...changes: readonly ResolvedChange[]): readonly string[] {
  const calls = plan(changes).find(({ name }) => name === 'licence')?.calls ?? [];
  return calls.flatMap(({ body }) => Object.keys(body ?? {}));
}

describe('the steps of a user update', () => {
  const everything = [
    replaced('__NAME__', ['jack@example.com'], ['jill@example.com']),
    replaced('__ENABLE__', [true], [false]),
    replaced('__PASSWORD__', ['secret']),
    replaced('DEPT', ['Sales'], ['']),
    replaced('TYPE', [2], [1]),
    replaced('GROUP_IDS', ['G'], []),
    replaced('ROLE_ID', ['0'], ['2']),
    replaced('ZOOM_PHONE_FEATURE', [true], [false]),
    replaced('EXTENSION_NUMBER', ['900']),
    replaced('ZOOM_PHONE_CALLING_PLANS', [200]),
    replaced('ZOOM_PHONE_NUMBERS', ['+12055550001']),
  ];
  const bracket = {
    activate: true,
    deactivate: true,
    logoutAfter: true,
    phone: { turn: 'on', bundled: false, awaited: true, numbers: [] },
  } as const;
  const steps = plan(everything, bracket);

  it('run in the order that the guide promises', () => {
    expect(lines(everything, bracket)).toEqual([
      'activate: PUT /users/U/status {"action":"activate"}',
      'profile: PATCH /users/U {"dept":"Sales"}',
      'licence: PATCH /users/U {"type":2}',
      'email: PUT /users/U/email {"email":"jack@example.com"}',
      'password: PUT /users/U/password {"password":"secret"}',
      'groups: POST /groups/G/members {"members":[{"id":"U"}]}',
      'role: POST /roles/0/members {"members":[{"id":"U"}]}',
      'phoneFeature: PATCH /users/U {"feature":{"zoom_phone":true}}',
      'phoneRecord: GET /phone/users/U',
      'phoneProfile: PATCH /phone/users/U {"extension_number":"900"}',
      'callingPlans: POST /phone/users/U/calling_plans {"calling_plans":[{"type":200}]}',
      'phoneNumbers: POST /phone/users/U/phone_numbers {"phone_numbers":[{"number":"+12055550001"}]}',
      'deactivate: PUT /users/U/status {"action":"deactivate"}',
      'logout: DELETE /users/U/token',
    ]);
  });

  it('depend on the activation alone, but for those of the phone', () => {
    const isPhone = (name: string) => name.startsWith('phone') || name === 'callingPlans';
    const dependencies = steps.filter(({ name }) => !isPhone(name)).map(({ dependsOn }) => dependsOn);
    expect(dependencies).toEqual([[], ...Array<string[]>(6).fill(['activate']), [], []]);
  });

  it('end the bracket and the session whatever happened', () => {
    const guaranteed = steps.filter((step) => step.guaranteed).map(({ name }) => name);
    expect(guaranteed).toEqual(['deactivate', 'logout']);
  });

  it('are independent call by call where each call writes attributes of its own', () => {
    const independent = steps.filter((step) => step.independent).map(({ name }) => name);
    expect(independent).toEqual(['profile', 'licence', 'groups', 'phoneProfile']);
  });

  it('report the status when a bracket is not closed, and only then', () => {
    const restored = (input: Partial<UserStepInput>) =>
      plan([], input).find(({ name }) => name === 'deactivate')?.restores;
    expect(restored({ activate: true, deactivate: true })).toEqual(['__ENABLE__']);
    expect(restored({ deactivate: true })).toEqual([]);
  });
});

describe('licences', () => {
  it.each([
    ['a type', replaced('TYPE', [1], [2]), 'type'],
    ['a type of somebody on the phone alone', replaced('TYPE', [4], [2]), 'type'],
    ['the type of a user without meetings', replaced('TYPE', [99], [2]), 'type'],
    ['a Zoom One bundle', replaced('ZOOM_ONE_TYPE', [], ['16']), 'zoom_one_type'],
    [
      'one of several licences',
      partly('LICENSE_INFO', { remove: ['A:1:S'] }, ['A:1:S', 'B:1:S']),
      'license_info_list',
    ],
  ])('that are released come before those that are given: %s', (_, release, field) => {
    const gain = replaced('PLAN_UNITED_TYPE', ['1'], []);
    expect(licencesOf(gain, release)).toEqual([field, 'plan_united_type']);
    expect(licencesOf(release, gain)).toEqual([field, 'plan_united_type']);
  });

  it.each([
    ['a type', replaced('TYPE', [2], [1]), 'type'],
    ['another licence', partly('LICENSE_INFO', { add: ['B:1:S'] }, ['A:1:S']), 'license_info_list'],
    ['one licence for another', replaced('LICENSE_INFO', ['B:1:S'], ['A:1:S']), 'license_info_list'],
    ['a bundle for another', replaced('ZOOM_ONE_TYPE', ['1'], ['4']), 'zoom_one_type'],
  ])('that are given come after those that are released: %s', (_, gain, field) => {
    const release = replaced('PLAN_UNITED_TYPE', [], ['1']);
    expect(licencesOf(gain, release)).toEqual(['plan_united_type', field]);
  });

  it('keep their order among themselves', () => {
    const gains = [replaced('TYPE', [2], [1]), replaced('PLAN_UNITED_TYPE', ['1'], [])];
    expect(licencesOf(...gains)).toEqual(['type', 'plan_united_type']);
  });

  it('are written and refused one by one, by name', () => {
    const [step] = plan([replaced('TYPE', [2], [1]), replaced('ZOOM_ONE_TYPE', ['16'], [])]);
    expect(step?.calls.map(({ writes }) => writes)).toEqual([['TYPE'], ['ZOOM_ONE_TYPE']]);
    const refused = step?.calls[0]?.refused?.(refusal('preconditionFailed', 400, 3412));
    expect(refused?.message).toContain('licence TYPE 2');
  });
});

describe('the address', () => {
  const renamed = [replaced('__NAME__', ['jack@example.com'], ['jill@example.com'])];
  const tolerate = (error: ConnectorError, tolerateEmailRefusal = true) =>
    plan(renamed, { tolerateEmailRefusal })[0]?.calls[0]?.tolerate?.(error);

  it.each([
    ['an address outside the managed domains', refusal('permissionDenied', 400, 1116, 'Not your domain.')],
    ['three changes a day', refusal('preconditionFailed', 429, undefined, 'Not your domain.')],
  ])('may be refused with a warning for %s, where the configuration says so', (_, error) => {
    expect(tolerate(error)).toEqual({
      code: 'EMAIL_NOT_CHANGED',
      message: `${error.message} Not your domain.`,
      attributes: ['__NAME__'],
    });
    expect(tolerate(error, false)).toBeUndefined();
  });

  it.each([
    ['an address that is taken', refusal('alreadyExists', 400, 1005)],
    ['too many requests', refusal('retryable', 429)],
    ['another precondition', refusal('preconditionFailed', 400, 300)],
    ['a failure without an answer', new ConnectorError('connectorIO', 'gone')],
  ])('may not be refused for %s', (_, error) => {
    expect(tolerate(error)).toBeUndefined();
  });

  it('is warned of in our words alone where Zoom has none', () => {
    const silent = new ConnectorError('permissionDenied', 'No.', { upstream: { status: 400, code: 1116 } });
    expect(tolerate(silent)?.message).toBe('No.');
  });
});

describe('groups', () => {
  const moves = partly('GROUP_IDS', { add: ['A', 'B'], remove: ['X'] }, ['X']);

  it('are joined before others are left', () => {
    expect(lines([moves])).toEqual([
      'groups: POST /groups/A/members {"members":[{"id":"U"}]}',
      'groups: POST /groups/B/members {"members":[{"id":"U"}]}',
      'groups: DELETE /groups/X/members/U',
    ]);
  });

  it('are joined by a field of the user where the invitation is pending', () => {
    const joins = partly('GROUP_IDS', { add: ['A'] }, []);
    const pending = { status: 'pending', userId: 'jill@example.com' } as const;
    expect(lines([joins], pending)).toEqual(['groups: PATCH /users/jill@example.com {"group_id":"A"}']);
  });
});

describe('the role', () => {
  it.each([
    ['0', ['1'], ['role: POST /roles/0/members {"members":[{"id":"U"}]}']],
    ['2', ['1'], ['role: DELETE /roles/1/members/U']],
  ])('%s in the place of %s takes one call', (after, before, expected) => {
    expect(lines([replaced('ROLE_ID', [after], before)])).toEqual(expected);
  });

  it('of a member is taken from a user without a role by doing nothing', () => {
    const [roleStep] = userRestSteps.filter(({ name }) => name === 'role');
    const change = replaced('ROLE_ID', ['2']);
    expect(roleStep?.calls(new Map([['ROLE_ID', change]]), usual)).toEqual([]);
  });
});

describe('the session of a user', () => {
  it.each([
    ['deactivates and logs out', { deactivate: true, logoutAfter: true }, ['deactivate', 'logout']],
    ['deactivates', { deactivate: true }, ['deactivate']],
    ['keeps inactive and logs out once more', { remainsInactive: true, logoutAfter: true }, ['logout']],
    ['keeps inactive', { remainsInactive: true }, []],
    ['does neither', { logoutAfter: true }, []],
  ])('ends as configured when an update %s', (_, input, expected) => {
    expect(plan([], input).map(({ name }) => name)).toEqual(expected);
  });
});

describe('the profile', () => {
  it('goes in one call for all its fields', () => {
    const changes = [replaced('DEPT', ['Sales'], ['']), replaced('LANGUAGE', [], ['de-DE'])];
    expect(plan(changes)[0]?.calls.map(lineOf)).toEqual(['PATCH /users/U {"dept":"Sales","language":""}']);
  });
});

describe('the steps of a user with very many phone numbers', () => {
  it('are planned in time that grows in proportion', async () => {
    const planRemoval = (count: number): void => {
      const numbers = Array.from({ length: count }, (_, index) => ({
        number: `+${12_025_550_000 + index}`,
        id: `${index}`,
      }));
      const change = replaced(
        'ZOOM_PHONE_NUMBERS',
        [],
        numbers.map(({ number }) => number),
      );
      const [step] = plan([change], { phone: { ...usual.phone, numbers } });
      expect(step?.calls.at(-1)?.params).toMatchObject({ phoneNumberId: `${count - 1}` });
    };
    expect(await growth(1_000, planRemoval)).toBeLessThan(tooMuchGrowth);
  });

  it('remove a number by the first of its entries', () => {
    const numbers = [
      { number: '+12055550001', id: 'first' },
      { number: '12055550001', id: 'second' },
    ];
    const change = replaced('ZOOM_PHONE_NUMBERS', [], ['+12055550001']);
    const [step] = plan([change], { phone: { ...usual.phone, numbers } });
    expect(step?.calls.map(({ params }) => params?.['phoneNumberId'])).toEqual(['first']);
  });
});
