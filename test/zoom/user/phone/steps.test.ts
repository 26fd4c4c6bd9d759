import { describe, expect, it } from '@jest/globals';
import type { ResolvedChange } from '../../../../src/connid/delta.js';
import { planSteps } from '../../../../src/connector/object-class/plan.js';
import { stepsOf } from '../../../../src/zoom/kit/binding.js';
import { phoneBindings } from '../../../../src/zoom/user/phone/bindings.js';
import type { PhonePlan } from '../../../../src/zoom/user/phone/plan-phone.js';
import { phoneSteps } from '../../../../src/zoom/user/phone/steps.js';
import { refusal } from '../../../support/fake-session.js';
import { partly, replaced } from '../../../support/resolved.js';
import { lineOf, linesOf } from '../../../support/shown-calls.js';

const held = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `n${index}`, number: `+1205555${1000 + index}` }));
const numberAt = (index: number) => `+1205555${1000 + index}`;

function plan(phone: Partial<PhonePlan>, ...changes: readonly ResolvedChange[]) {
  const usual = { bundled: false, awaited: false, numbers: [] };
  return planSteps(phoneSteps, stepsOf(phoneBindings), changes, {
    userId: 'U',
    phone: { ...usual, ...phone },
  });
}

const lines = (...args: Parameters<typeof plan>) => linesOf(plan(...args));
const turnsOn = replaced('ZOOM_PHONE_FEATURE', [true], [false]);
const turnsOff = replaced('ZOOM_PHONE_FEATURE', [false], [true]);
const extension = replaced('EXTENSION_NUMBER', ['900'], ['801']);

describe('switching the phone', () => {
  it.each([
    ['on', turnsOn, 'phoneFeature: PATCH /users/U {"feature":{"zoom_phone":true}}'],
    ['off', turnsOff, 'phoneFeature: PATCH /users/U {"feature":{"zoom_phone":false}}'],
  ] as const)('%s is a change of the user', (turn, change, line) => {
    expect(lines({ turn }, change)).toEqual([line]);
    const refused = plan({ turn }, change)[0]?.calls[0]?.refused?.(refusal('preconditionFailed', 400, 3412));
    expect(refused?.message).toContain('licence Zoom Phone');
  });

  it('on comes with the bundle, once that is given', () => {
    const bundled = { turn: 'on', bundled: true } as const;
    expect(lines(bundled, turnsOn)).toEqual([
      'phoneFeature: PUT /phone/users/batch {"batch_type":"assign_pending_user","user_ids":["U"]}',
    ]);
    expect(plan(bundled, turnsOn)[0]?.dependsOn).toEqual(['activate', 'licence']);
    expect(plan({ turn: 'on' }, turnsOn)[0]?.dependsOn).toEqual(['activate']);
  });

  it('off is no matter of the bundle', () => {
    const bundled = { turn: 'off', bundled: true } as const;
    expect(lines(bundled, turnsOff)).toEqual([
      'phoneFeature: PATCH /users/U {"feature":{"zoom_phone":false}}',
    ]);
    expect(plan(bundled, turnsOff)[0]?.dependsOn).toEqual(['activate']);
  });

  it('off leaves nothing else to be written', () => {
    const changes = [
      turnsOff,
      extension,
      replaced('ZOOM_PHONE_CALLING_PLANS', [], [100]),
      replaced('ZOOM_PHONE_NUMBERS', [], [numberAt(0)]),
    ];
    expect(plan({ turn: 'off' }, ...changes).map(({ attributes, name }) => [name, attributes])).toEqual([
      ['phoneFeature', changes.map(({ attribute }) => attribute)],
    ]);
  });

  it('on waits for the record where something is written to it', () => {
    expect(lines({ turn: 'on', awaited: true }, turnsOn, extension)).toEqual([
      'phoneFeature: PATCH /users/U {"feature":{"zoom_phone":true}}',
      'phoneRecord: GET /phone/users/U',
      'phoneProfile: PATCH /phone/users/U {"extension_number":"900"}',
    ]);
    expect(lines({ turn: 'on', awaited: true }, turnsOn)).toHaveLength(1);
  });

  it('and the record come before what is written to it', () => {
    const changes = [
      turnsOn,
      extension,
      replaced('ZOOM_PHONE_CALLING_PLANS', [200]),
      replaced('ZOOM_PHONE_NUMBERS', [numberAt(0)]),
    ];
    const steps = plan({ turn: 'on', awaited: true }, ...changes);
    const onceThere = ['activate', 'phoneFeature', 'phoneRecord'];
    expect(steps.map(({ dependsOn, name }) => [name, dependsOn])).toEqual([
      ['phoneFeature', ['activate']],
      ['phoneRecord', ['activate', 'phoneFeature']],
      ['phoneProfile', onceThere],
      ['callingPlans', onceThere],
      ['phoneNumbers', onceThere],
    ]);
  });
});

describe('the profile of a phone', () => {
  const site = { id: 'S', attribute: 'SITE_ID', subject: { kind: 'site', value: 'S' } };

  it('takes extension and site in one call, and the status in another', () => {
    const changes = [
      extension,
      replaced('SITE_ID', ['S'], ['T']),
      replaced('ZOOM_PHONE_STATUS', ['deactivate']),
    ];
    expect(lines({ site }, ...changes)).toEqual([
      'phoneProfile: PATCH /phone/users/U {"extension_number":"900","site_id":"S"}',
      'phoneProfile: PUT /phone/users/batch {"batch_type":"activate","activation_status":"deactivate","user_ids":["U"]}',
    ]);
    expect(lines({}, replaced('ZOOM_PHONE_STATUS', ['activate']))).toHaveLength(1);
  });

  it('moves only where the site is to change', () => {
    expect(lines({ site }, extension)).toEqual([
      'phoneProfile: PATCH /phone/users/U {"extension_number":"900"}',
    ]);
  });

  it('is refused in words that name extension and site', () => {
    const refuse = (...changes: ResolvedChange[]) =>
      plan({ site }, ...changes)[0]?.calls[0]?.refused?.(refusal('invalidAttributeValue', 400, 300)).message;
    expect(refuse(extension, replaced('SITE_ID', ['S'], ['T']))).toContain('extension 900, site S.');
    expect(refuse(extension)).toContain('the extension 900.');
    expect(refuse(replaced('SITE_ID', ['S'], ['T']))).toContain('the site S.');
  });
});

describe('calling plans', () => {
  const plans = (add: readonly number[], remove: readonly number[]) =>
    partly('ZOOM_PHONE_CALLING_PLANS', { add, remove }, remove);
  const path = '/phone/users/U/calling_plans';

  it.each([
    ['one for one is a swap', [200], [100], ['PUT {"source_type":100,"target_type":200}']],
    ['one', [200], [], ['POST {"calling_plans":[{"type":200}]}']],
    ['none for one', [], [100], ['DELETE/100']],
    ['two for one', [200, 300], [100], ['POST {"calling_plans":[{"type":200},{"type":300}]}', 'DELETE/100']],
    ['one for two', [300], [100, 200], ['POST {"calling_plans":[{"type":300}]}', 'DELETE/100', 'DELETE/200']],
  ])('are added before others are removed: %s', (_, add, remove, expected) => {
    const short = lines({}, plans(add, remove)).map((line) =>
      line.replace('callingPlans: ', '').replace(` ${path}`, ''),
    );
    expect(short).toEqual(expected);
  });

  it('are added 150 a call', () => {
    const types = Array.from({ length: 301 }, (_, index) => index);
    expect(plan({}, plans(types, []))[0]?.calls).toHaveLength(3);
  });

  const shortage = refusal('preconditionFailed', 400, 400);

  it('are removed first where no licence is free', () => {
    const otherwise = plan({}, plans([200, 300], [100]))[0]?.otherwise;
    expect(otherwise?.calls.map(lineOf)).toEqual([
      `DELETE ${path}/100`,
      `POST ${path} {"calling_plans":[{"type":200},{"type":300}]}`,
    ]);
    expect(otherwise?.when(shortage)).toBe(true);
    expect(otherwise?.when(refusal('preconditionFailed', 404, 404))).toBe(false);
    expect(otherwise?.when(refusal('invalidAttributeValue', 400, 400))).toBe(false);
  });

  it.each([
    ['a swap', [200], [100]],
    ['nothing to remove', [200, 300], []],
    ['nothing to add', [], [100]],
    ['more to add than a call takes', Array.from({ length: 151 }, (_, index) => index), [999]],
  ])('have no other order for %s', (_, add, remove) => {
    expect(plan({}, plans(add, remove))[0]).not.toHaveProperty('otherwise');
  });
});

describe('phone numbers', () => {
  const methodsOf = (...args: Parameters<typeof plan>) =>
    plan(...args)[0]?.calls.map(({ endpoint }) => endpoint.method);
  const numbers = (add: readonly string[], remove: readonly string[]) =>
    partly('ZOOM_PHONE_NUMBERS', { add, remove }, remove);

  it('are added before others are removed, as long as ten are not exceeded', () => {
    const change = numbers([numberAt(20)], [numberAt(0)]);
    expect(methodsOf({ numbers: held(9) }, change)).toEqual(['POST', 'DELETE']);
    expect(methodsOf({ numbers: held(10) }, change)).toEqual(['DELETE', 'POST']);
  });

  it('are added ten a call', () => {
    const many = Array.from({ length: 21 }, (_, index) => numberAt(index));
    expect(methodsOf({}, numbers(many, []))).toEqual(['POST', 'POST', 'POST']);
  });

  it('are removed by the id that Zoom knows them by, else by themselves', () => {
    expect(lines({ numbers: held(2) }, numbers([], ['1 205 5551001', numberAt(5)]))).toEqual([
      'phoneNumbers: DELETE /phone/users/U/phone_numbers/n1',
      `phoneNumbers: DELETE /phone/users/U/phone_numbers/${numberAt(5)}`,
    ]);
  });

  it('are written in E.164', () => {
    expect(lines({}, numbers(['1 (205) 555-1000'], []))[0]).toContain('{"number":"+12055551000"}');
  });
});
