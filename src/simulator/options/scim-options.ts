import { oneOf } from './row.js';

/** Options for the oddities of Zoom's SCIM2 API. */
export const scimOptions = {
  scimPendingFilter: oneOf('error', ['empty'], 'Filter on the e-mail of a pending user: 400, or no results.'),
  scimErrorStatus: oneOf('number', ['string'], 'Type of the member status of SCIM errors.'),
  scimNesting: oneOf('arrays', ['object'], 'Form of roles and groups in a single SCIM user.'),
  scimDefaultCount: oneOf<1 | 100>(1, [100], 'Page size of SCIM lists when none is asked for.'),
  scimDuplicateStatus: oneOf<400 | 409>(400, [409], 'HTTP status of a SCIM create with a used e-mail.'),
  scimDelete: oneOf('delete', ['disassociate'], 'What SCIM DELETE does to a user.'),
  scimPut: oneOf('merge', ['replace'], 'Whether SCIM PUT keeps or clears the attributes it leaves out.'),
} as const;
