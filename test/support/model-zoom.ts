import type { Call, Target } from '../../src/connector/object-class/call.js';
import { refusal } from './fake-session.js';

/** What the model knows of a user's phone. */
export interface ModelPhone {
  extension: string;
  site: string;
  plans: number[];
  numbers: string[];
  status: string;
}

/** The phone of a user who has one. */
export const usualPhone = (): ModelPhone => ({
  extension: '801',
  site: modelSites[0].id,
  plans: [100],
  numbers: ['+12055550001'],
  status: 'activate',
});

/** Members of the bodies the model looks at. */
interface ModelBody {
  readonly action?: string;
  readonly batch_type?: string;
  readonly activation_status?: string;
  readonly extension_number?: string;
  readonly site_id?: string;
  readonly source_type?: number;
  readonly target_type?: number;
  readonly calling_plans?: readonly { readonly type: number }[];
  readonly phone_numbers?: readonly { readonly number: string }[];
  readonly feature?: { readonly zoom_phone?: boolean };
  readonly [field: string]: unknown;
}

export const modelUserId = 'KDcuGIm1QgePTO8WbOqwIQ';

/** Phone sites of the model. */
export const modelSites = [
  { id: 'siteAAAAAAAAAAAAAAAAAA', name: 'Main Site', site_code: 11 },
  { id: 'siteBBBBBBBBBBBBBBBBBB', name: 'Branch', site_code: 12 },
] as const;

/** A Zoom account with one user, small enough to be obviously right; for tests of plans. */
export class ModelZoom implements Target {
  readonly calls: Call[] = [];
  readonly user: Record<string, unknown> = {
    id: modelUserId,
    email: 'jill@example.com',
    type: 2,
    status: 'active',
    role_id: '2',
    group_ids: [],
  };
  phone: ModelPhone | null = null;
  /** Looks at the phone record that find nothing after it was made. */
  delay = 0;
  /** Refuses calls of this endpoint with this error, once. */
  readonly refusals = new Map<string, Error>();

  send(call: Call): Promise<unknown> {
    this.calls.push(call);
    return new Promise((resolve) => resolve(this.#answer(call)));
  }

  /** Ids of the endpoints called that change something. */
  writes(): readonly string[] {
    return this.calls.filter(({ endpoint }) => endpoint.method !== 'GET').map(({ endpoint }) => endpoint.id);
  }

  #answer(call: Call): unknown {
    const { id } = call.endpoint;
    const refused = this.refusals.get(id);
    this.refusals.delete(id);
    if (refused !== undefined) throw refused;
    return (this.#accountCalls[id] ?? this.#phoneCall(id))(call.body ?? {}, call.params ?? {});
  }

  readonly #accountCalls: Readonly<Record<string, Handler>> = {
    getUser: () => ({ ...this.user }),
    listUsers: () => ({ users: [this.user], total_records: 1 }),
    listPhoneSites: () => ({ sites: modelSites, total_records: modelSites.length }),
    updateUser: ({ feature, ...fields }) => {
      if (this.user['status'] === 'inactive') throw refusal('preconditionFailed', 400, 1053);
      Object.assign(this.user, fields);
      if (feature?.zoom_phone !== undefined) this.#switchPhone(feature.zoom_phone);
    },
    updateUserStatus: ({ action }) => {
      this.user['status'] = action === 'activate' ? 'active' : 'inactive';
      if (action !== 'activate') this.phone = null;
    },
    revokeUserToken: () => undefined,
    updatePhoneUsers: ({ batch_type, activation_status = '' }) => {
      if (batch_type === 'assign_pending_user') this.#switchPhone(true);
      else if (this.phone !== null) this.phone.status = activation_status;
    },
  };

  #switchPhone(on: boolean): void {
    const fresh = { extension: '800', site: modelSites[0].id, plans: [], numbers: [], status: 'activate' };
    this.phone = on ? (this.phone ?? fresh) : null;
  }

  #phoneCall(id: string): Handler {
    const { phone } = this;
    if (phone === null || this.delay-- > 0) throw refusal('unknownUid', 404, 1001, 'User does not exist');
    const handler = phoneCalls[id];
    if (handler === undefined) throw new Error(`The model does not know ${id}`);
    return (body, params) => handler(phone, body, params);
  }
}

type Handler = (body: ModelBody, params: Readonly<Record<string, string>>) => unknown;

const phoneCalls: Readonly<
  Record<string, (phone: ModelPhone, body: ModelBody, params: Readonly<Record<string, string>>) => unknown>
> = {
  getPhoneUser: profileOf,
  updatePhoneUser: (phone, { extension_number, site_id }) => {
    phone.extension = extension_number ?? phone.extension;
    phone.site = site_id ?? phone.site;
  },
  assignCallingPlans: (phone, { calling_plans = [] }) => {
    phone.plans.push(...calling_plans.map(({ type }) => type));
  },
  swapCallingPlan: (phone, { source_type, target_type = 0 }) => {
    phone.plans = [...without(phone.plans, source_type), target_type];
  },
  removeCallingPlan: (phone, _, { planType }) => {
    phone.plans = without(phone.plans, Number(planType));
  },
  assignPhoneNumbers: (phone, { phone_numbers = [] }) => {
    phone.numbers.push(...phone_numbers.map(({ number }) => number));
    return { phone_numbers: profileOf(phone).phone_numbers };
  },
  removePhoneNumber: (phone, _, { phoneNumberId = '' }) => {
    phone.numbers = without(phone.numbers, `+${phoneNumberId.replaceAll(/\D/g, '').replace(/^0+/, '')}`);
  },
};

/** The id of a number is made of it, so that the model can find it again. */
function profileOf(phone: ModelPhone) {
  return {
    id: modelUserId,
    extension_number: Number(phone.extension),
    site_id: phone.site,
    status: phone.status,
    calling_plans: phone.plans.map((type) => ({ type })),
    phone_numbers: phone.numbers.map((number) => ({
      id: `number-id-of-${number.slice(1).padStart(10, '0')}`,
      number: number.slice(1),
    })),
  };
}

function without<T>(values: readonly T[], taken: T | undefined): T[] {
  if (taken === undefined || !values.includes(taken))
    throw refusal('invalidAttributeValue', 400, 400, 'Invalid field.');
  return values.filter((value) => value !== taken);
}
