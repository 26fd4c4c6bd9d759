import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Simulator } from '../../../src/simulator/simulator.js';
import { FaultFixture } from '../../faults/fault-fixture.js';
import { startService, type TestService } from '../../support/service.js';
import {
  addressStates,
  addressTable,
  type Mode,
  modes,
  modeSettings,
  type Question,
  questions,
  type State,
  states,
} from './address-states.js';

interface Person {
  readonly address: string;
  /** Its uid over REST, where it has or had one. */
  readonly uid: string;
}

/** Makes the address of a person have a state. */
function inState(state: State, simulator: Simulator, fixture: FaultFixture): Person {
  if (state === 'unknown' || state === 'foreign') {
    const address = fixture.address();
    if (state === 'foreign') simulator.addForeignAddress(address);
    return { address, uid: address };
  }
  const { email, id } = fixture.user(state === 'active' || state === 'inactive' ? state : 'pending');
  if (state === 'invitation expired') simulator.expireInvitation(email);
  if (state === 'invitation deleted') simulator.deleteInvitation(email);
  return { address: email, uid: id };
}

function requestOf(question: Question, { address, uid }: Person): readonly [operation: string, body: object] {
  const objectClass = 'ZoomUser';
  const options = { attributesToGet: ['STATUS'] };
  if (question === 'search')
    return ['search', { objectClass, filter: { equals: { EMAIL: address } }, options }];
  if (question === 'get') return ['get', { objectClass, uid, nameHint: address, options }];
  if (question === 'delete') return ['delete', { objectClass, uid, nameHint: address }];
  const deltas = [{ name: 'DEPT', valuesToReplace: ['Moved'] }];
  if (question === 'update') return ['update-delta', { objectClass, uid, nameHint: address, deltas }];
  return ['create', { objectClass, attributes: { EMAIL: address } }];
}

interface AnswerBody {
  readonly exception?: string;
  readonly uid?: string;
  readonly attributes?: { readonly STATUS: string };
  readonly results?: readonly { readonly attributes: { readonly STATUS: string } }[];
}

/** An answer in the words of the table. */
function inWords(status: number, body: AnswerBody, calls: readonly string[]): string {
  const { attributes, exception, results, uid } = body;
  if (exception !== undefined) return uid === undefined ? exception : `${exception} with uid`;
  if (results !== undefined) return results[0]?.attributes.STATUS ?? 'nobody';
  const overRest = status === 201 && !calls.some((call) => call.startsWith('POST /scim2/'));
  return attributes?.STATUS ?? (overRest ? '201 over REST' : String(status));
}

async function answer(
  service: TestService,
  state: State,
  question: Question,
  fixture: FaultFixture,
): Promise<string> {
  const { simulator } = service;
  const person = inState(state, simulator, fixture);
  const before = countUsers(simulator);
  const [operation, body] = requestOf(question, person);
  const answered = await service.post(operation, body);
  const { status } = answered;
  const added = countUsers(simulator) - before;
  expect(added).toBe(
    status === 201 ? 1 : operation === 'delete' && status === 204 && isPending(state) ? -1 : 0,
  );
  return inWords(status, answered.body as AnswerBody, service.calls());
}

function countUsers({ state }: Simulator): number {
  return [...state.users.all()].length;
}

function isPending(state: State): boolean {
  return state === 'pending' || state === 'invitation expired';
}

describe.each(modes)('an address over %s', (mode: Mode) => {
  it.each(states)('%s', async (state) => {
    const told: Partial<Record<Question, string>> = {};
    for (const duplicateErrorReturnsId of [false, true]) {
      const { service: settings } = modeSettings[mode];
      const service = await startService({
        service: { ...settings, duplicateErrorReturnsId },
        simulator: { users: 40, groups: 1, phoneUsers: 0 },
      });
      const fixture = new FaultFixture(service.simulator);
      const asked = questions.filter(
        (question) => (question === 'create, adopting') === duplicateErrorReturnsId,
      );
      for (const question of asked) told[question] = await answer(service, state, question, fixture);
      await service.close();
    }
    const expected = Object.entries(addressStates[state]).map(([question, answers]) => {
      const cell = typeof answers === 'string' ? answers : answers[modes.indexOf(mode)];
      return [question, mode === 'rest' && cell === '201' ? '201 over REST' : cell];
    });
    expect(told).toEqual(Object.fromEntries(expected));
  });
});

it('the guide shows these answers', () => {
  const inOneForm = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
  expect(inOneForm(readFileSync('docs/guides/scim.md', 'utf8'))).toContain(inOneForm(addressTable()));
});
