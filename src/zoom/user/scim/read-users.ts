import type { Partition } from '../../../connector/object-class/listing.js';
import type { Readable } from '../../../connector/object-class/readable.js';
import { canLookUpAddress, isEmployeeId, isRoleId } from '../../kit/forms.js';
import { createPhoneIndex } from '../phone/phone-index.js';
import { bySecondRead, byLists, type StatusProof, withProvenStatus } from '../prove-status.js';
import { provenStatus } from '../user-view.js';
import { lookUpScimUser } from './calls.js';
import { completeScimUser, findScimUser, readScimUser, type ScimFinding } from './find-user.js';
import { scimStatusOf, scimUserOf, statusInResource } from './resource.js';
import { type ScimListingParts, ScimUserListing } from './user-listing.js';

const pendingPartition: Partition = {
  id: 'pending',
  facts: new Map<string, readonly (string | boolean)[]>([
    ['STATUS', ['pending']],
    ['__ENABLE__', [true]],
  ]),
};

const provisionedPartition: Partition = { id: 'provisioned', facts: new Map() };

/** Without REST a user whom SCIM does not show may be pending or gone. */
const notFoundHint =
  'SCIM does not show pending users: give the address as nameHint, or set service.scimFallback to look over REST, too.';

/** Parts that all reads of users share. */
type ScimReadParts = ScimFinding & ScimListingParts;

/** Ways to find out the status of a user over SCIM: a second read, and the row of the list. */
const scimProofs: readonly StatusProof[] = [
  async ({ uid }, session) => {
    const read = await readScimUser(uid, session);
    return read === undefined ? undefined : scimStatusOf(read);
  },
  async ({ name }, session) => {
    const row = await lookUpScimUser(name, session);
    return typeof row === 'string' ? undefined : statusInResource(row);
  },
];

/** The reads of `ZoomUser` over SCIM, and over REST what SCIM does not show. */
export function scimUserReads(parts: ScimReadParts): Readable {
  const { fallback, pending, settings, table } = parts;
  const overRest = fallback ? [bySecondRead, byLists(settings.lists, settings)] : [];
  const proofs = [...scimProofs, ...overRest];
  return {
    table,
    keys: [
      { attribute: '__UID__' },
      { attribute: '__NAME__', accepts: canLookUpAddress },
      ...(fallback ? [{ attribute: 'EMPLOYEE_UNIQUE_ID', accepts: isEmployeeId }] : []),
    ],
    narrowings: [],
    possible: { ROLE_ID: isRoleId },
    partitions: [...(fallback ? [pendingPartition] : []), provisionedPartition],
    find: async (key, sources, session) => {
      const found = await findScimUser(key, parts, session);
      if (found === undefined) return undefined;
      if (scimUserOf(found) === undefined) pending?.note(found);
      const phones = createPhoneIndex(settings.lists);
      const user = await completeScimUser(found, sources, { ...parts, phones }, session);
      const isToWrite = sources.has(provenStatus) && user !== undefined && scimStatusOf(user) === undefined;
      return isToWrite ? withProvenStatus(user, proofs, session) : user;
    },
    ...(!fallback && { notFoundHint }),
    openListing: (query, state) => new ScimUserListing(parts, query, state),
  };
}
