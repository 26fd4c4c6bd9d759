import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { FaultAction } from '../../src/simulator/faults/fault.js';
import { captureLog, type LogCapture } from '../support/log-capture.js';
import { startService, type TestService } from '../support/service.js';

/** Texts that must never be seen in a log; whoever plants one elsewhere adds it here. */
const canary = {
  clientSecret: 'CanaryClientSecret71',
  bearer: 'CanaryBearerToken73',
  wrongBearer: 'CanaryWrongBearer74',
  password: 'CanaryPass!75x',
  newPassword: 'CanaryNewPass!76x',
  firstName: 'CanaryFirst77',
  lastName: 'CanaryLast78',
  department: 'CanaryDept79',
  address: 'canary.address80@example.com',
  newAddress: 'canary.address81@example.com',
  invited: 'canary.invited82@example.com',
  group: 'CanaryGroup83',
  transfer: 'canary.transfer84@example.com',
} as const;

/** What is a secret also in an answer. */
const secrets = [canary.clientSecret, canary.bearer, canary.wrongBearer, canary.password, canary.newPassword];

const faults: readonly FaultAction[] = [
  { kind: 'status', status: 500, body: { message: `Failed for ${canary.address} ${canary.lastName}` } },
  { kind: 'html', status: 502 },
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'truncate' },
  { kind: 'token', state: 'revoked' },
  { kind: 'token', state: 'expired' },
  { kind: 'rateLimit', limit: 'daily', retryAfter: 'iso' },
  {
    kind: 'status',
    status: 400,
    body: {
      code: 300,
      message: `Invalid: ${canary.address}`,
      errors: [{ field: 'user_info.email', message: canary.address }],
    },
  },
  { kind: 'status', status: 418, body: { code: 98765, message: `${canary.lastName} ${canary.group}` } },
];

/** The story: everything that carries canaries, on good and on bad days. */
class Story {
  readonly answers: string[] = [];
  readonly tokens: string[] = [];

  constructor(private readonly service: TestService) {
    const { tokens } = service.simulator;
    const add = tokens.add.bind(tokens);
    jest.spyOn(tokens, 'add').mockImplementation((token) => {
      this.tokens.push(token.value);
      add(token);
    });
  }

  async tell(): Promise<void> {
    const uid = await this.#life();
    await this.#mistakes(uid);
    await this.#badDays(uid);
    await this.#echoes(uid);
    await this.#strangers();
    await this.#tokenTrouble();
  }

  async #life(): Promise<string> {
    const { address, department, firstName, group, lastName, newAddress, newPassword, password } = canary;
    const groups = await this.#post('create', { objectClass: 'ZoomGroup', attributes: { __NAME__: group } });
    const attributes = { __NAME__: address, __PASSWORD__: password, CREATE_ACTION: 'autoCreate' };
    const profile = {
      FIRST_NAME: firstName,
      LAST_NAME: lastName,
      DEPT: department,
      GROUP_IDS: [groups['uid']],
    };
    const created = await this.#post('create', {
      objectClass: 'ZoomUser',
      attributes: { ...attributes, ...profile },
    });
    const uid = String(created['uid']);
    await this.#update(uid, {
      __NAME__: newAddress,
      __PASSWORD__: newPassword,
      LAST_NAME: `${lastName}-Roe`,
    });
    await this.#update(String(groups['uid']), { __NAME__: `${group} renamed` }, 'ZoomGroup');
    const invited = { __NAME__: canary.invited, FIRST_NAME: firstName };
    await this.#post('create', { objectClass: 'ZoomUser', attributes: invited });
    await this.#post('get', { objectClass: 'ZoomUser', uid: canary.invited, nameHint: canary.invited });
    await this.#post('update-delta?dryRun=true', {
      objectClass: 'ZoomUser',
      uid,
      deltas: [{ name: 'PASSWORD', valuesToReplace: [newPassword] }],
    });
    for (const filter of [
      { equals: { EMAIL: newAddress } },
      { contains: { LAST_NAME: lastName } },
      `LAST_NAME sw "${lastName}" and not (EMAIL eq "${address}")`,
    ]) {
      await this.#post('search', { objectClass: 'ZoomUser', filter });
    }
    await this.#post('test');
    return uid;
  }

  async #mistakes(uid: string): Promise<void> {
    const { address, lastName, newAddress, password } = canary;
    await this.#post('create', { objectClass: 'ZoomUser', attributes: { __NAME__: newAddress } });
    await this.#post('create', {
      objectClass: 'ZoomUser',
      attributes: { __NAME__: `${lastName} no address` },
    });
    await this.#post('create', { objectClass: lastName, attributes: { __NAME__: address } });
    await this.#post('create', { objectClass: 'ZoomUser', __PASSWORD__: password });
    await this.#update(uid, { TYPE: lastName, HOST_KEY: password, ROLE_ID: address });
    await this.#update(uid, { __PASSWORD__: password.slice(0, 4) });
    await this.#post('search', { objectClass: 'ZoomUser', filter: `LAST_NAME eq "${lastName}` });
    await this.#post('search', { objectClass: 'ZoomUser', options: { pagedResultsCookie: lastName } });
    await this.#post('get', { objectClass: 'ZoomUser', uid: address });
    await this.#post('delete', { objectClass: 'ZoomUser', uid: `${lastName}/../${address}` });
    await this.#note(this.#signed(this.service.get(`/v1/schema?objectClass=${lastName}`)));
    await this.#note(this.#signed(this.service.get(`/v1/${lastName}?who=${address}`)));
    const broken = this.service
      .post('create')
      .type('application/json')
      .send(`{"__PASSWORD__": "${password}"`);
    await this.#note(this.#signed(broken));
  }

  async #badDays(uid: string): Promise<void> {
    for (const [index, action] of faults.entries()) {
      const { faults: inForce } = this.service.simulator;
      inForce.add({ match: { path: '/users**' }, action });
      const attributes = { __NAME__: `${index}.${canary.address}`, __PASSWORD__: canary.password };
      await this.#post('create', { objectClass: 'ZoomUser', attributes });
      await this.#post('search', { objectClass: 'ZoomUser', filter: { equals: { EMAIL: canary.address } } });
      inForce.clear();
      inForce.add({ match: { method: 'P*', path: '/users/{userId}**' }, action });
      inForce.add({ match: { method: 'PATCH' }, action });
      inForce.add({ match: { method: 'PUT' }, action });
      await this.#update(uid, {
        FIRST_NAME: `${canary.firstName}${index}`,
        __PASSWORD__: `${canary.password}${index}`,
        __NAME__: `${index}.${canary.newAddress}`,
      });
      inForce.clear();
    }
  }

  /** Zoom quotes what it was sent. */
  async #echoes(uid: string): Promise<void> {
    const { faults: inForce } = this.service.simulator;
    const message = `Not accepted: ${canary.password}`;
    const body = { code: 1124, message, errors: [{ field: 'password', message }] };
    for (const match of [
      { method: 'POST', path: '/users' },
      { method: 'PUT', path: '/users/{userId}/password' },
    ]) {
      inForce.add({ match, action: { kind: 'status', status: 400, body } });
    }
    const attributes = { __NAME__: `echo.${canary.address}`, CREATE_ACTION: 'autoCreate' };
    const __PASSWORD__ = canary.password;
    await this.#post('create', { objectClass: 'ZoomUser', attributes: { ...attributes, __PASSWORD__ } });
    await this.#update(uid, { __PASSWORD__ });
    inForce.clear();
  }

  async #strangers(): Promise<void> {
    const body = { objectClass: 'ZoomUser', attributes: { __NAME__: canary.address } };
    await this.#note(this.service.post('create', body));
    await this.#note(this.service.post('create', body).set('Authorization', `Bearer ${canary.wrongBearer}`));
    const basic = Buffer.from(`jane:${canary.password}`).toString('base64');
    await this.#note(this.service.post('create', body).set('Authorization', `Basic ${basic}`));
  }

  async #tokenTrouble(): Promise<void> {
    const { faults: inForce, tokens } = this.service.simulator;
    for (const body of [
      { error: 'invalid_client', reason: `Wrong secret ${canary.clientSecret}` },
      { errorCode: 4702, errorMessage: `Invalid: ${canary.clientSecret}` },
    ]) {
      tokens.revokeAll();
      inForce.add({ match: { path: '/oauth/token' }, action: { kind: 'status', status: 400, body } });
      await this.#post('test');
      inForce.clear();
    }
  }

  #update(
    uid: string,
    values: Readonly<Record<string, unknown>>,
    objectClass = 'ZoomUser',
  ): Promise<unknown> {
    const deltas = Object.entries(values).map(([name, value]) => ({ name, valuesToReplace: [value] }));
    return this.#post('update-delta', { objectClass, uid, deltas });
  }

  async #post(operation: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
    return this.#note(this.#signed(this.service.post(operation, body)));
  }

  #signed(test: ReturnType<TestService['post']>): ReturnType<TestService['post']> {
    return test.set('Authorization', `Bearer ${canary.bearer}`);
  }

  async #note(test: ReturnType<TestService['post']>): Promise<Readonly<Record<string, unknown>>> {
    const answer = await test;
    this.answers.push(answer.text);
    return answer.body as Readonly<Record<string, unknown>>;
  }
}

describe.each(['json', 'text'] as const)('the whole story at debug level, as %s', (format) => {
  let log: LogCapture;
  let story: Story;

  beforeAll(async () => {
    log = captureLog('debug', format);
    const service = await startService(
      {
        service: { duplicateErrorReturnsId: true },
        rest: { ioErrorRetries: 1 },
        custom: { transferOnDelete: { email: canary.transfer, meetings: true } },
        server: {
          authentication: {
            bearerTokens: [{ name: 'idm', sha256: sha256(canary.bearer), scopes: ['read', 'write'] }],
          },
        },
        simulator: {
          clientSecret: canary.clientSecret,
          pendingCreateId: 'blank',
          pendingGetId: 'absent',
        },
      },
      { logger: log.logger, client: { random: () => 0 } },
    );
    story = new Story(service);
    await story.tell();
    await service.close();
  });

  it('was answerShows, and by the client as well', () => {
    expect(story.tokens.length).toBeGreaterThan(2);
    expect(log.text()).toMatch(/zoom call/);
    expect(log.text()).toMatch(/zoom call failed/);
    expect(log.text().match(/updateDelta/g)?.length).toBeGreaterThan(faults.length);
  });

  it.each(Object.entries(canary))('shows no %s in the log', (_, text) => {
    expect(log.text().toLowerCase()).not.toContain(text.toLowerCase());
    expect(log.text()).not.toContain(encodeURIComponent(text));
    expect(log.text()).not.toContain(Buffer.from(text).toString('base64').slice(0, -4));
  });

  it('shows no token of Zoom, neither in the log nor in an answer', () => {
    for (const token of story.tokens) {
      expect(log.text()).not.toContain(token);
      expect(story.answers.join('\n')).not.toContain(token);
    }
  });

  it.each(secrets)('shows no %s in an answer', (secret) => {
    expect(story.answers.filter((answer) => answer.includes(secret))).toEqual([]);
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
