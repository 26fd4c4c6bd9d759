import type { ExpectedRead } from '../../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { ConnectorError } from '../../../connid/errors.js';
import { catalogue } from './licence-catalogue.js';

const workplaceBundles = catalogue
  .filter(({ clearable, displaces }) => clearable === true && displaces !== undefined)
  .map(({ attribute }) => attribute);

/** Groups of attributes that exclude each other: two APIs' names for one fact, or kinds of one licence. */
const exclusiveGroups: readonly (readonly string[])[] = [
  ['ROLE_ID', 'ROLE_NAME'],
  ['ZOOM_ONE_TYPE', ...workplaceBundles],
  ['EXTENSION_NUMBER', 'ZOOM_PHONE_EXT_NUMBER'],
  ['SITE_ID', 'ZOOM_PHONE_SITE'],
  ['SITE_NAME', 'ZOOM_PHONE_SITE'],
  ['SITE_CODE', 'ZOOM_PHONE_SITE'],
];

/**
 * Refuses two values for one fact, because the one written last would win.
 * @param changed - attributes that are given new values.
 * @param kept - attributes that are given the values they have: a new one for the same fact would take them away.
 * @throws ConnectorError `invalidAttributeValue` that names two of them.
 */
export function refuseContradictions(changed: readonly string[], kept: readonly string[] = []): void {
  for (const fact of exclusiveGroups) {
    const [one, another] = fact.filter((name) => changed.includes(name));
    const other = another ?? fact.find((name) => kept.includes(name));
    if (one === undefined || other === undefined) continue;
    throw new ConnectorError('invalidAttributeValue', `${one} and ${other} cannot be given together.`, {
      hint: 'Give one of them: both stand for the same thing.',
    });
  }
}

/** The other attributes of a fact. After a write of one of them their values are unknown. */
export function otherNames(uid: string, { after, attribute }: ResolvedChange): readonly ExpectedRead[] {
  // That a kind is gone says nothing about the others.
  const spared = after.length === 0 && workplaceBundles.includes(attribute) ? workplaceBundles : [attribute];
  const others = exclusiveGroups.flatMap((fact) => (fact.includes(attribute) ? fact : []));
  const unknown = { values: [], added: [], removed: [], derived: true };
  return [...new Set(others)]
    .filter((name) => !spared.includes(name))
    .map((name) => ({ objectClass: 'ZoomUser', uid, name, ...unknown }));
}
