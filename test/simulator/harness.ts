import { createSimulator, type Simulator } from '../../src/simulator/simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options/options.js';
import type { User, UserStatus } from '../../src/simulator/state/records.js';

/** An answer as tests look at it. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly headers: Headers;
}

/** The rows that an answer holds under a name. */
export function rows(answer: Answer, name: string): Readonly<Record<string, unknown>>[] {
  return answer.body[name] as Readonly<Record<string, unknown>>[];
}

/** A running simulator with a client for its APIs. */
export interface Harness {
  readonly sim: Simulator;
  readonly url: string;
  /** Calls `METHOD /path` of the REST API, or of SCIM when the path says so, with a valid token. */
  call(route: string, body?: unknown): Promise<Answer>;
  /** The first user of a status, without an administrator's role, that passes the test. */
  first(status: UserStatus, test?: (user: User) => boolean): User;
  /** Fetches a new token. */
  token(): Promise<string>;
  stop(): Promise<void>;
}

const small: Partial<SimulatorOptions> = {
  users: 120,
  groups: 5,
  phoneUsers: 20,
  clock: 'manual',
  plan: 'none',
};

/** Starts a small account without rate limits whose clock stands still. */
export async function startHarness(options: Partial<SimulatorOptions> = {}): Promise<Harness> {
  const sim = createSimulator({ ...small, ...options });
  const { url } = await sim.listen();
  const token = (): Promise<string> => fetchToken(sim, url);
  let bearer: string | undefined;
  const call = async (route: string, body?: unknown): Promise<Answer> => {
    bearer ??= await token();
    return request(url, route, { body, bearer });
  };
  const first: Harness['first'] = (status, test = () => true) => {
    const found = sim.state.users.list(status).find((user) => user.role_id === '2' && test(user));
    if (!found) throw new Error('The seed lacks such a user');
    return found;
  };
  return { sim, url, call, first, token, stop: () => sim.close() };
}

/** One request to the simulator: `METHOD /path`. */
export async function request(
  url: string,
  route: string,
  { body, bearer }: { body?: unknown; bearer?: string } = {},
): Promise<Answer> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const prefix = /^\/(scim2|simulator|oauth|v2)/.test(path) ? '' : '/v2';
  const response = await fetch(`${url}${prefix}${path}`, {
    method,
    headers: {
      ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
      'Content-Type': 'application/json',
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: parse(text), headers: response.headers };
}

async function fetchToken(sim: Simulator, url: string): Promise<string> {
  const { clientId, clientSecret, accountId } = sim.credentials;
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'account_credentials', account_id: accountId }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

function parse(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return {};
  }
}
