import type { UpdateInput } from '../../connector/object-class.js';
import type { Session } from '../../connector/session.js';
import type { CustomAttribute } from './custom-attributes.js';
import { type CustomKeys, namesWithoutKey } from './custom-keys.js';
import { namesAllKnown, needsSites } from './phone/site-wish.js';
import type { Sites } from './phone/sites.js';
import type { AccountFacts } from './plan-update.js';

/** What is known of the account as a whole. */
interface AccountCatalogues {
  readonly sites: Sites;
  readonly customKeys: CustomKeys;
}

/** Reads what the plan of an update needs to know of the account: nothing, for most. */
export async function readAccountFacts(
  { changes, noOps, state }: UpdateInput,
  { customKeys, sites }: AccountCatalogues,
  custom: readonly CustomAttribute[],
  session: Session,
): Promise<AccountFacts> {
  const asked = [...changes, ...noOps];
  const names = namesWithoutKey(changes, custom, state?.found.records.get('user'));
  return {
    sites: needsSites(asked) ? await sites.get(session, (known) => namesAllKnown(asked, known)) : [],
    customKeys:
      names.length === 0
        ? {}
        : await customKeys.get(session, (keys) => names.every((name) => Object.hasOwn(keys, name))),
  };
}
