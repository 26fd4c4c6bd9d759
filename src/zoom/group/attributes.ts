import type { AttributeDeclaration } from '../../connid/attribute.js';
import { addressForm, idForm } from '../kit/forms.js';

/** The ConnId view of a Zoom group. */
export const groupAttributes = {
  __NAME__: {
    type: 'String',
    subtype: '__STRING_CASE_IGNORE__',
    nativeName: 'GROUP_NAME',
    required: true,
    clearable: false,
    form: {
      pattern: /^\S(?:.{0,125}\S)?$/su,
      words: 'a name of 1 to 127 characters without blanks at its ends',
    },
    description: 'Name of the group, unique in the account.',
  },
  TOTAL_MEMBERS: {
    type: 'Integer',
    creatable: false,
    updateable: false,
    description: 'Number of members.',
  },
  MEMBER_IDS: {
    type: 'String',
    multiValued: true,
    form: idForm,
    referencedObjectClassName: 'ZoomUser',
    description:
      'Ids of the members. Zoom may leave inactive and pending users out when it lists them; ' +
      'a replacement is compared with that list, so it does not remove users who are not on it.',
  },
  ADMIN_EMAILS: {
    type: 'String',
    multiValued: true,
    canonical: (value) => (value.includes('@') ? value.toLowerCase() : value),
    caselessParts: true,
    form: {
      pattern: new RegExp(`${addressForm.pattern.source}|${idForm.pattern.source}`, 'u'),
      words: 'an address or an id',
    },
    description:
      "Addresses of the group's administrators. Writes accept ids, too; Zoom answers addresses only.",
  },
} as const satisfies Record<string, AttributeDeclaration>;

/** Name of an attribute of `ZoomGroup`. */
export type GroupAttribute = keyof typeof groupAttributes;

const { ADMIN_EMAILS, MEMBER_IDS, TOTAL_MEMBERS, __NAME__ } = groupAttributes;

const EMAIL_ALIAS = {
  type: 'String',
  subtype: '__STRING_CASE_IGNORE__',
  form: addressForm,
  description: 'E-mail address of the group. Only SCIM reads and writes it.',
} as const satisfies AttributeDeclaration;

/** The ConnId view of a group over SCIM with REST: the attributes over REST, and `EMAIL_ALIAS`, which only SCIM has. */
export const scimGroupAttributes = {
  __NAME__,
  EMAIL_ALIAS,
  TOTAL_MEMBERS,
  MEMBER_IDS,
  ADMIN_EMAILS,
} as const satisfies Record<string, AttributeDeclaration>;

/** The ConnId view of a group over SCIM alone. SCIM writes members but does not return them. */
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
