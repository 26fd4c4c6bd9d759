import { ok, type Reply, zoomError } from '../http/reply.js';
import { pageView, paginate } from '../http/paging.js';
import { type Call, param } from '../http/route.js';
import type { PhoneSite } from '../state/phone.js';

const country = { code: 'US', name: 'United States' };

/** GET /phone/sites. */
export function listSites(call: Call): Reply {
  const { world, query } = call;
  const name = (query.get('site_name') ?? '').toLowerCase();
  const sites = world.phone.sites.filter((site) => site.name.toLowerCase().includes(name));
  const page = paginate(world, query, sites, {
    name: 'phone/sites',
    maximum: 300,
    badTokenCode: 400,
  });
  return ok({
    ...pageView(page),
    sites: page.rows.map(siteView),
  });
}

/** GET /phone/sites/{siteId}. */
export function readSite(call: Call): Reply {
  const site = call.world.phone.site(param(call, 'siteId'));
  if (!site) throw zoomError(400, 400, 'The site does not exist.');
  return ok({ ...siteView(site), short_extension: { length: 4 }, caller_id_name: site.name });
}

/** GET /phone/settings. */
export function readSettings(): Reply {
  return ok({ country, multiple_sites: { enabled: true, site_code: true }, byoc: { enable: false } });
}

function siteView({ id, name, site_code: code, receptionist }: PhoneSite): Record<string, unknown> {
  return {
    id,
    name,
    site_code: code,
    country,
    main_auto_receptionist: { ...receptionist, name: `${name} receptionist` },
  };
}
