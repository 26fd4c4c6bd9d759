import { zoomError } from '../http/api-error.js';
import { paginate } from '../http/paging.js';
import { choice } from '../http/query.js';
import { ok, type Reply } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { PhoneNumber } from '../state/phone.js';

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

/** The misspelt member is Zoom's. */
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
