import type { Attributes } from '../../connid/attribute.js';
import type { UpdateInputWithState } from '../../connector/object-class/updateable.js';
import type { Session } from '../../connector/object-class/call.js';
import type { Json } from '../kit/json.js';
import { type CustomAttribute, type CustomKeys, namesWithoutKey } from './custom-attributes.js';
import { type Asked, namesAllKnown, needsSites, resolveSite, type Sites } from './phone/sites.js';
import type { AccountFacts } from './policy/prepare-update.js';

/** Facts of the account as a whole, kept for some time. */
export interface AccountCatalogues {
  readonly sites: Sites;
  readonly customKeys: CustomKeys;
}

/** Reads what the plan of an update needs to know of the account: nothing, for most. */
export async function readAccountFacts(
  { changes, noOps, state }: UpdateInputWithState,
  { customKeys, sites }: AccountCatalogues,
  custom: readonly CustomAttribute[],
  session: Session,
): Promise<AccountFacts> {
  const names = namesWithoutKey(changes, custom, state.found.records.get('user'));
  return {
    sites: await sitesFor([...changes, ...noOps], sites, session),
    customKeys:
      names.length === 0
        ? {}
        : await customKeys.get(session, (keys) => names.every((name) => Object.hasOwn(keys, name))),
  };
}

/**
 * Checks that the account has the phone site requested for a new user.
 * @throws ConnectorError as {@link resolveSite} says.
 */
export async function checkSite(attributes: Attributes, sites: Sites, session: Session): Promise<void> {
  const asked = [...attributes].map(([attribute, after]) => ({ attribute, after }));
  resolveSite(asked, await sitesFor(asked, sites, session));
}

async function sitesFor(asked: readonly Asked[], sites: Sites, session: Session): Promise<readonly Json[]> {
  return needsSites(asked) ? sites.get(session, (known) => namesAllKnown(asked, known)) : [];
}
