import type { AttributeDeclaration } from '../../../connid/attribute.js';
import { digitsForm, idForm } from '../../kit/forms.js';
import { canonicalNumber, phoneNumberForm } from './numbers-and-plans.js';

const planForm = { pattern: /^\d+$/, words: 'the code of a calling plan' } as const;
/** Zoom gives every phone user a value. */
const withPhone = { clearedWith: 'ZOOM_PHONE_FEATURE' } as const;

const siteForm = { pattern: /^\d+$/, words: 'the code of a site' } as const;

/**
 * The part of a Zoom user that belongs to Zoom Phone. A user without it has the feature false and no value in the
 * other attributes. They cannot be cleared one by one, because Zoom gives every phone user a site and an extension.
 */
export const phoneAttributes = {
  ZOOM_PHONE_FEATURE: {
    type: 'Boolean',
    description:
      'Whether the user has Zoom Phone. Switched off, Zoom takes site, extension, plans and numbers away.',
  },
  ZOOM_PHONE_STATUS: {
    type: 'String',
    creatable: false,
    allowedValues: ['activate', 'deactivate'],
    ...withPhone,
    description: 'activate or deactivate: whether the phone user can make and receive calls.',
  },
  EXTENSION_NUMBER: {
    type: 'String',
    form: digitsForm,
    canonical: (value: string) => value.replace(/^0+(?=\d)/, ''),
    ...withPhone,
    description: 'Extension number, complete: site code and short extension.',
  },
  ZOOM_PHONE_NUMBERS: {
    type: 'String',
    multiValued: true,
    form: phoneNumberForm,
    canonical: canonicalNumber,
    description:
      'Numbers assigned to the user, in E.164 with +. At most ten; each must be free when assigned.',
  },
  ZOOM_PHONE_CALLING_PLANS: {
    type: 'Integer',
    multiValued: true,
    form: planForm,
    description: 'Codes of the calling plans, such as 200 for unlimited calls in the US and Canada.',
  },
  SITE_ID: { type: 'String', form: idForm, ...withPhone, description: 'Id of the phone site.' },
  SITE_NAME: {
    type: 'String',
    subtype: '__STRING_CASE_IGNORE__',
    canonical: (value: string) => value.trim(),
    ...withPhone,
    description: 'Name of the phone site, an alternative to SITE_ID.',
  },
  SITE_CODE: {
    type: 'Integer',
    form: siteForm,
    ...withPhone,
    description: 'Code of the phone site, an alternative to SITE_ID in accounts that use site codes.',
  },
} as const satisfies Record<string, AttributeDeclaration>;

/** Name of a phone attribute of `ZoomUser`. */
export type PhoneAttribute = keyof typeof phoneAttributes;
