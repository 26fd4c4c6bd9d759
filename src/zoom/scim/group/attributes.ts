import type { AttributeDeclaration } from '../../../connid/attribute.js';
import { addressForm } from '../../kit/forms.js';
import { groupAttributes } from '../../group/attributes.js';

const { ADMIN_EMAILS, MEMBER_IDS, TOTAL_MEMBERS, __NAME__ } = groupAttributes;

const EMAIL_ALIAS = {
  type: 'String',
  subtype: '__STRING_CASE_IGNORE__',
  form: addressForm,
  description: 'E-mail address of the group. Only SCIM reads and writes it.',
} as const satisfies AttributeDeclaration;

/** The ConnId view of a group over SCIM, complemented by REST: the one over REST, and what only SCIM has. */
export const scimGroupAttributes = {
  __NAME__,
  EMAIL_ALIAS,
  TOTAL_MEMBERS,
  MEMBER_IDS,
  ADMIN_EMAILS,
} as const satisfies Record<string, AttributeDeclaration>;

/** The same over SCIM alone, which takes members and shows none. */
export const bareScimGroupAttributes = {
  __NAME__,
  EMAIL_ALIAS,
  MEMBER_IDS: {
    ...MEMBER_IDS,
    readable: false,
    description:
      'Ids of the members. SCIM does not list them, so they are written whenever given; a replacement sets the ' +
      'members as a whole. Users whose invitation is pending can neither be added nor removed.',
  },
} as const satisfies Record<string, AttributeDeclaration>;

/** Name of an attribute of `ZoomGroup` over SCIM. */
export type ScimGroupAttribute = keyof typeof scimGroupAttributes;
