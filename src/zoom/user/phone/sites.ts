import type { Session } from '../../../connector/session.js';
import { type Catalogue, createCatalogue } from '../../kit/catalogue.js';
import { type Json, textAt } from '../../kit/json.js';
import { distinctRows } from '../../kit/paged-list.js';
import { sitePages } from './calls.js';

/** The phone sites of the account. */
export type Sites = Catalogue<readonly Json[]>;

/**
 * @param verifyTotals - whether the pages are counted against Zoom's total.
 * @param now - milliseconds, for the age of what is known.
 */
export function createSites(verifyTotals: boolean, now: () => number): Sites {
  return createCatalogue((session) => readSites(verifyTotals, session), now);
}

async function readSites(verifyTotals: boolean, session: Session): Promise<readonly Json[]> {
  const sites: Json[] = [];
  for await (const site of distinctRows(sitePages, verifyTotals, session)) sites.push(site);
  return sites;
}

/** The site of this id; `undefined` when Zoom lists none. */
export async function siteWithId(sites: Sites, id: string, session: Session): Promise<Json | undefined> {
  const hasId = (site: Json) => textAt(site, 'id') === id;
  return (await sites.get(session, (known) => known.some(hasId))).find(hasId);
}
