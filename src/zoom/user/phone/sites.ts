import type { Session } from '../../../connector/object-class/call.js';
import type { Scalar } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { ConnectorError } from '../../../connid/errors.js';
import { type Catalogue, createCatalogue } from '../../kit/catalogue.js';
import { type Json, textAt } from '../../kit/json.js';
import type { Lists } from '../../kit/paged-list.js';
import type { Subject } from '../../kit/refused-value.js';
import { sitePages } from './calls.js';

/** The phone sites of the account. */
export type Sites = Catalogue<readonly Json[]>;

/** @param now - milliseconds, for the age of what is known. */
export function createSites(lists: Lists, now: () => number): Sites {
  return createCatalogue((session) => readSites(lists, session), now);
}

async function readSites(lists: Lists, session: Session): Promise<readonly Json[]> {
  const sites: Json[] = [];
  for await (const site of lists.distinct(sitePages, session)) sites.push(site);
  return sites;
}

/** The site of this id; `undefined` when Zoom lists none. */
export async function siteWithId(sites: Sites, id: string, session: Session): Promise<Json | undefined> {
  const hasId = (site: Json) => textAt(site, 'id') === id;
  return (await sites.get(session, (known) => known.some(hasId))).find(hasId);
}

/** A site that was asked for: its id, and what it was called. */
export interface ResolvedSite {
  readonly id: string;
  readonly subject: Subject;
}

/** Values that an attribute is to have. */
export type Asked = Pick<ResolvedChange, 'attribute' | 'after'>;

/** The field of a site that each attribute names. Values are compared without case and outer blanks. */
const fields: Readonly<Record<string, string>> = { SITE_ID: 'id', SITE_NAME: 'name', SITE_CODE: 'site_code' };

/** Attributes that name a site. */
export const siteAttributes = Object.keys(fields);

/** True if a change names a site. */
export function namesSite(changes: readonly Asked[]): boolean {
  return wishes(changes).length > 0;
}

/** True if the sites of the account are needed to resolve the site: an id stands for itself. */
export function needsSites(changes: readonly Asked[]): boolean {
  return wishes(changes).some(({ attribute }) => attribute !== 'SITE_ID');
}

/** True if the changes name no other sites than these. */
export function namesAllKnown(changes: readonly Asked[], sites: readonly Json[]): boolean {
  return wishes(changes).every(({ attribute, value }) => matching(attribute, value, sites).length > 0);
}

/**
 * The site that changes ask for.
 * @param changes - those of the request, even where they leave the user as it is.
 * @throws ConnectorError `invalidAttributeValue` when a site is unknown or ambiguous, or two are named.
 */
export function resolveSite(changes: readonly Asked[], sites: readonly Json[]): ResolvedSite | undefined {
  const asked = wishes(changes).map(({ attribute, value }) => ({
    id: attribute === 'SITE_ID' ? String(value) : siteId(attribute, value, sites),
    attribute,
    subject: { kind: 'site', value: String(value) },
  }));
  const [first] = asked;
  const other = asked.find(({ id }) => id !== first?.id);
  if (first !== undefined && other !== undefined) {
    throw invalid(`${first.attribute} and ${other.attribute} name different phone sites.`);
  }
  return first;
}

interface Wish {
  readonly attribute: string;
  readonly value: Scalar;
}

function wishes(changes: readonly Asked[]): readonly Wish[] {
  return changes.flatMap(({ attribute, after: [value] }) =>
    attribute in fields && value !== undefined ? [{ attribute, value }] : [],
  );
}

function siteId(attribute: string, value: Scalar, sites: readonly Json[]): string {
  const [site, ...others] = matching(attribute, value, sites);
  const id = textAt(site, 'id');
  if (id === undefined) throw invalid(`There is no phone site with the ${attribute} ${String(value)}.`);
  if (others.length === 0) return id;
  throw invalid(`Several phone sites have the ${attribute} ${String(value)}; name the one by SITE_ID.`);
}

function matching(attribute: string, value: Scalar, sites: readonly Json[]): readonly Json[] {
  const field = fields[attribute] ?? '';
  return sites.filter((site) => normal(textAt(site, field) ?? '') === normal(String(value)));
}

function normal(text: string): string {
  return text.trim().toLowerCase();
}

function invalid(message: string): ConnectorError {
  return new ConnectorError('invalidAttributeValue', message, {
    hint: 'The phone sites of the account are listed in Zoom under Phone System Management, Company Info.',
  });
}
