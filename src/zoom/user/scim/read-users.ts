import type { Partition } from '../../../connector/object-class/listing.js';
import type { Readable } from '../../../connector/object-class/readable.js';
import type { ReadingTable } from '../../../connector/object-class/reading.js';
import { isEmployeeId } from '../../kit/forms.js';
import { createPhoneIndex } from '../phone/phone-index.js';
import { completeScimUser, findScimUser, type ScimFinding } from './find-user.js';
import { scimUserOf } from './resource.js';
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
interface ScimReadParts extends ScimFinding, ScimListingParts {
  readonly table: ReadingTable;
}

/** The reads of `ZoomUser` over SCIM, and over REST what SCIM does not show. */
export function scimUserReads(parts: ScimReadParts): Readable {
  const { fallback, pending, settings, table } = parts;
  return {
    table,
    keys: [
      { attribute: '__UID__' },
      { attribute: '__NAME__' },
      ...(fallback ? [{ attribute: 'EMPLOYEE_UNIQUE_ID', accepts: isEmployeeId }] : []),
    ],
    narrowings: [],
    partitions: [...(fallback ? [pendingPartition] : []), provisionedPartition],
    find: async (key, sources, session) => {
      const found = await findScimUser(key, parts, session);
      if (found === undefined) return undefined;
      if (scimUserOf(found) === undefined) pending?.note(found);
      const phones = createPhoneIndex(settings.lists);
      return completeScimUser(found, sources, { ...parts, phones }, session);
    },
    ...(!fallback && { notFoundHint }),
    openListing: (query, state) => new ScimUserListing(parts, query, state),
  };
}
