import type { Call, Target } from '../../src/connector/object-class/call.js';
import type { OperationContext } from '../../src/connector/context.js';
import type { UserStatus } from '../../src/zoom/user/user-view.js';
import { refusal } from './fake-session.js';

/** A user of a {@link FakeAccount}: a record of Zoom, whose lists are in the order of `seq`. */
export interface FakeUser {
  readonly seq: number;
  id: string;
  readonly email: string;
  status: UserStatus;
  readonly dept: string;
  readonly type: number;
  readonly role_id: string;
  readonly group_ids: readonly string[];
  readonly employee_unique_id: string;
  readonly last_login_time: string;
  readonly language: string;
  /** The creation time in rows of the list. */
  created_at?: string;
  /** Whether a single read of the user tells an id while the invitation is open. */
  readonly pendingId: boolean;
}

/** Something that happens in the account before the call of a number is answered; calls count from 1. */
type Event = (account: FakeAccount) => void;

/** The users of a Zoom account, as far as lists and single reads show them; nobody has Zoom Phone. Page tokens are positions, as Zoom's are. */
export class FakeAccount implements Target {
  readonly calls: Call[] = [];
  /** Call number → what happens before it. */
  readonly events = new Map<number, Event[]>();
  /** Numbers of calls whose page token is refused. */
  readonly refusedTokens = new Set<number>();
  users: readonly FakeUser[];

  constructor(users: readonly FakeUser[]) {
    this.users = users;
  }

  /** How many calls of an endpoint were made. */
  count(endpoint: string): number {
    return this.calls.filter((call) => call.endpoint.id === endpoint).length;
  }

  userOf(seq: number): FakeUser {
    const user = this.users.find((candidate) => candidate.seq === seq);
    if (user === undefined) throw new Error(`no user ${seq}`);
    return user;
  }

  async send(call: Call, context: OperationContext): Promise<unknown> {
    await Promise.resolve();
    context.signal.throwIfAborted();
    this.calls.push(call);
    context.trace.calls += 1;
    for (const event of this.events.get(this.calls.length) ?? []) event(this);
    return structuredClone(this.#answer(call));
  }

  #answer({ endpoint, params, query = {} }: Call): unknown {
    if (endpoint.id === 'listUsers') return this.#list(query);
    if (endpoint.id === 'getUserByEmployeeId') {
      return this.#single(({ employee_unique_id }) => employee_unique_id === params?.['employeeId']);
    }
    if (endpoint.id === 'getPhoneUser') throw refusal('unknownUid', 404, 1001);
    if (endpoint.id === 'listPhoneUsers') return { users: [], total_records: 0 };
    if (endpoint.id !== 'getUser') throw new Error(`unexpected call ${endpoint.id}`);
    const key = params?.['userId'] ?? '';
    return this.#single(({ id, email }) => id === key || email.toLowerCase() === key.toLowerCase());
  }

  #single(test: (user: FakeUser) => boolean): unknown {
    const user = this.users.find(test);
    if (user === undefined) throw refusal('unknownUid', 404, 1001);
    return user.status === 'pending' && !user.pendingId ? { ...user, id: '' } : user;
  }

  #list(query: NonNullable<Call['query']>): unknown {
    const { next_page_token: token, page_size: size, role_id: role, status } = query;
    if (token !== undefined && this.refusedTokens.has(this.calls.length)) {
      throw refusal('invalidAttributeValue', 400, 300, 'The next page token is invalid or expired.');
    }
    const listed = this.users
      .filter((user) => user.status === status && (role === undefined || user.role_id === role))
      .sort((left, right) => left.seq - right.seq);
    const start = Number(token ?? 0);
    const end = start + Number(size);
    return {
      total_records: listed.length,
      next_page_token: end < listed.length ? String(end) : '',
      users: listed
        .slice(start, end)
        .map((user) => ({ ...user, language: undefined, ...(status === 'pending' && { id: undefined }) })),
    };
  }
}

/** A user with an id of Zoom's form. */
export function fakeUser(seq: number, status: UserStatus, more: Partial<FakeUser> = {}): FakeUser {
  return {
    seq,
    id: idOf(seq),
    email: `User${seq}@example.com`,
    status,
    dept: '',
    type: 1,
    role_id: '2',
    group_ids: [],
    employee_unique_id: '',
    last_login_time: '',
    language: 'en-US',
    pendingId: true,
    ...more,
  };
}

/** An id of Zoom's form. */
export function idOf(seq: number, generation = 'A'): string {
  return `${String(seq).padStart(8, '0')}${generation.repeat(14)}`;
}
