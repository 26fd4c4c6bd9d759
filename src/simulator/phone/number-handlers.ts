import { membersOf } from '../core/json.js';
import { choice, pageView, paginate, isTrue } from '../http/paging.js';
import { invalidField, noContent, ok, type Reply, zoomError } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { PhoneNumber } from '../state/phone.js';
import { phoneUserOf } from './phone-users.js';
import { ownedNumber } from './phone-view.js';

type View = Record<string, unknown>;

/** POST /phone/users/{userId}/phone_numbers: by id or number. An unknown or taken number is 400/300. */
export function assignNumbers(call: Call): Reply {
  const { world } = call;
  const phoneUser = phoneUserOf(call);
  const list = membersOf(call.body)['phone_numbers'];
  if (!Array.isArray(list) || list.length === 0 || list.length > 10) throw invalidField('phone_numbers');
  const numbers = list.map((item: unknown) => {
    const { id, number } = membersOf(item);
    const found = world.phone.number(String(id ?? number));
    if (!found || (found.owner && found.owner !== phoneUser) || found.status === 'pending') {
      throw invalidField('phone_numbers');
    }
    return found;
  });
  for (const number of numbers) if (!number.owner) world.phone.assign(phoneUser, number);
  return ok({ phone_numbers: numbers.map((number) => ownedNumber(world, number)) });
}

/** DELETE /phone/users/{userId}/phone_numbers/{phoneNumberId}: by id or by the number itself. */
export function removeNumber(call: Call): Reply {
  const phoneUser = phoneUserOf(call);
  const number = call.world.phone.number(param(call, 'phoneNumberId'));
  if (number?.owner !== phoneUser) throw zoomError(404, 400, 'Invalid query parameter "phone_number".');
  call.world.phone.unassign(phoneUser, number);
  return noContent;
}

/** GET /phone/numbers. */
export function listNumbers(call: Call): Reply {
  const { world, query } = call;
  const type = choice(query, 'type', ['all', 'assigned', 'unassigned', 'byoc']);
  const kind = query.get('number_type') ?? '';
  const site = query.get('site_id') ?? '';
  const extension = query.get('extension_type') ?? '';
  const numbers = world.phone.numbers.filter(
    (number) =>
      isOfType(number, type) &&
      (kind === '' || number.number_type === kind) &&
      (site === '' || number.site.id === site) &&
      (extension === '' || (extension === 'user' && number.owner !== undefined)) &&
      (!isTrue(query, 'pending_numbers') || number.status === 'pending'),
  );
  const page = paginate(world, query, numbers, {
    name: 'phone/numbers',
    maximum: 100,
    badTokenCode: 400,
  });
  return ok({
    ...pageView(page),
    phone_numbers: page.rows.map(numberView),
  });
}

/** GET /phone/numbers/{phoneNumberId}. */
export function readNumber(call: Call): Reply {
  const key = param(call, 'phoneNumberId');
  const number = call.world.phone.number(key);
  if (!number) throw zoomError(400, 400, `Phone number does not exist, phonenumberId:${key}`);
  return ok(numberView(number));
}

function isOfType(number: PhoneNumber, type: string): boolean {
  if (type === 'byoc') return number.source === 'external';
  if (type === 'all') return true;
  return (number.owner !== undefined) === (type === 'assigned');
}

function numberView(number: PhoneNumber): View {
  const { id, site, owner } = number;
  return {
    id,
    number: number.number,
    display_name: owner?.user.display_name ?? '',
    location: 'Austin, Texas, United States',
    number_type: number.number_type,
    status: number.status,
    source: number.source,
    capability: ['incoming', 'outgoing'],
    site: { id: site.id, name: site.name },
    ...(owner && {
      assignee: {
        id: owner.user.id,
        name: owner.user.display_name,
        extension_number: owner.extension_number,
        type: 'user',
      },
    }),
  };
}

type ManagedView = Record<string, unknown>;

/** GET /number_management/numbers. Source: https://developers.zoom.us/docs/api/number-management/ */
export function listManagedNumbers(call: Call): Reply {
  const { world, query } = call;
  const product = choice(query, 'allocated_product', [
    '',
    'UNALLOCATED',
    'ZOOM_PHONE',
    'ZOOM_CONTACT_CENTER',
  ]);
  const status = choice(query, 'number_status', ['', 'Normal', 'Pending']);
  const site = query.get('site_id') ?? '';
  const assigned = query.get('assigned_to_type') ?? '';
  const numbers = world.phone.numbers.filter(
    (number) =>
      (product === '' || product === 'ZOOM_PHONE') &&
      (status === '' || statusOf(number) === status) &&
      (site === '' || number.site.id === site) &&
      (assigned === '' || assigned === (number.owner ? 'User' : 'PhoneUnassigned')),
  );
  const page = paginate(world, query, numbers, {
    name: 'number_management/numbers',
    maximum: 200,
    badTokenCode: 1_003_100,
  });
  return ok({ next_page_token: page.token, page_size: page.size, numbers: page.rows.map(managedView) });
}

/** GET /number_management/numbers/{phoneNumberId}. */
export function readManagedNumber(call: Call): Reply {
  const key = param(call, 'phoneNumberId');
  const number = call.world.phone.number(key);
  if (!number) throw zoomError(404, 404, `Phone number does not exist: ${key}.`);
  return ok(managedView(number));
}

function managedView(number: PhoneNumber): ManagedView {
  const { owner, site } = number;
  return {
    id: number.id,
    number: number.number,
    allocated_product: 'ZOOM_PHONE',
    number_type: number.number_type === 'toll' ? 'Toll' : 'TollFree',
    display_name: owner?.user.display_name ?? '',
    source: number.source === 'internal' ? 'Zoom' : 'BYOCCloud',
    status: statusOf(number),
    site: { site_id: site.id, name: site.name },
    assigned_list: owner ? [assignee(owner.user.id, owner.user.display_name, owner.extension_number)] : [],
  };
}

/** Zoom misspells the member `assgined_to_name`. */
function assignee(id: string, name: string, extension: number): ManagedView {
  return {
    assigned_to_id: id,
    assgined_to_name: name,
    assigned_to_type: 'User',
    extension_number: String(extension),
  };
}

function statusOf(number: PhoneNumber): string {
  return number.status === 'pending' ? 'Pending' : 'Normal';
}
