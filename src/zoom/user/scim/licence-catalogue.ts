import type { Values } from '../../../connid/attribute.js';
import type { Losses } from '../policy/allowed-changes.js';
import { lostByDeactivation } from '../policy/update-policy.js';

/** A member of Zoom's SCIM extension of users that has an attribute of its own here. */
export interface CatalogueRow {
  /** Name of the member in the extension. */
  readonly member: string;
  readonly attribute: string;
  readonly type: 'Boolean' | 'String';
  readonly description: string;
  /** True if an empty value removes it. For other members Zoom reads that as "no change", or does not say. */
  readonly clearable?: true;
  /** Zoom takes the member, but never answers it. */
  readonly writeOnly?: true;
  /** Members that stand for the same licence. Those that are not given are left out, so that they cannot contradict. */
  readonly displaces?: readonly string[];
  /** A deactivated user still has the member. Zoom takes all licences away, and everything that depends on them. */
  readonly outlastsDeactivation?: true;
}

/** A licence that is on or off. */
function licence(member: string, attribute: string, product: string): CatalogueRow {
  return { member, attribute, type: 'Boolean', description: `Licence for ${product}.` };
}

/** A licence that comes in several kinds; their codes have up to 19 digits, so they are text. */
function bundle(member: string, attribute: string, product: string): CatalogueRow {
  return {
    member,
    attribute,
    type: 'String',
    clearable: true,
    description: `Code of the ${product} bundle, as text. Cleared, the bundle is removed.`,
  };
}

/** Members for the kinds of Zoom Workplace, of which a user has one. */
const workplaceMembers = [
  'zoomOneBizPlus',
  'zoomOneEdu',
  'zoomOneSchoolCampusPlus',
  'zoomOneEntPremier',
  'zoomOneEduEntPremier',
] as const;

function workplace(
  member: (typeof workplaceMembers)[number],
  attribute: string,
  product: string,
): CatalogueRow {
  const row = bundle(member, attribute, product);
  return {
    ...row,
    description: `${row.description} A user has one Zoom Workplace bundle: another one goes when this one is given.`,
    displaces: workplaceMembers.filter((other) => other !== member),
  };
}

/** Which of several subscriptions of the account a licence comes from. */
function subscription(member: string, attribute: string, product: string): CatalogueRow {
  return {
    member,
    attribute,
    type: 'String',
    description: `Id or name of the subscription that the licence for ${product} comes from.`,
  };
}

function writeOnly(member: string, attribute: string, description: string): CatalogueRow {
  return { member, attribute, type: 'String', writeOnly: true, description };
}

/**
 * The licence, phone and contact centre members of `urn:ietf:params:scim:schemas:extension:zoom:1.0:User`. A new
 * product of Zoom is a line here; members without a line pass through every write unchanged.
 * Source: https://developers.zoom.us/docs/api/scim2/
 */
export const catalogue: readonly CatalogueRow[] = [
  {
    ...licence('zoomRevenueAccelerator', 'ZOOM_REVENUE_ACCELERATOR', 'Zoom Revenue Accelerator'),
    // Its former name, which Zoom still shows.
    displaces: ['zoomIQ'],
  },
  licence('zoomCustomerManagedKey', 'ZOOM_CUSTOMER_MANAGED_KEY', 'Zoom Customer Managed Key'),
  licence('zoomWhiteboard', 'ZOOM_WHITEBOARD', 'Zoom Whiteboard'),
  licence('zoomWhiteboardPlus', 'ZOOM_WHITEBOARD_PLUS', 'Zoom Whiteboard Plus'),
  licence('zoomTranslatedCaptions', 'ZOOM_TRANSLATED_CAPTIONS', 'Zoom Translated Captions'),
  licence('zoomWorkforceManagement', 'ZOOM_WORKFORCE_MANAGEMENT', 'Zoom Workforce Management'),
  licence('zoomQualityManagement', 'ZOOM_QUALITY_MANAGEMENT', 'Zoom Quality Management'),
  licence('zoomScheduler', 'ZOOM_SCHEDULER', 'Zoom Scheduler'),
  licence('zoomClipsPlus', 'ZOOM_CLIPS_PLUS', 'Zoom Clips Plus'),
  licence('zoomMailAndCalendar', 'ZOOM_MAIL_AND_CALENDAR', 'Zoom Mail and Calendar'),
  licence('visitorManagement', 'VISITOR_MANAGEMENT', 'Zoom Visitor Management'),
  licence('zoomComplianceManagement', 'ZOOM_COMPLIANCE_MANAGEMENT', 'Zoom Compliance Management'),
  licence('zoomDocs', 'ZOOM_DOCS', 'Zoom Docs'),
  licence('zoomClinicians', 'ZOOM_CLINICIANS', 'Zoom Workplace for Clinicians'),
  licence('zoomCustomAICompanion', 'ZOOM_CUSTOM_AI_COMPANION', 'Zoom Custom AI Companion'),
  licence('zoomAICompanion', 'ZOOM_AI_COMPANION', 'Zoom AI Companion'),
  workplace('zoomOneBizPlus', 'ZOOM_ONE_BIZ_PLUS', 'Zoom Workplace Business Plus'),
  workplace('zoomOneEdu', 'ZOOM_ONE_EDU', 'Zoom Workplace for Education'),
  workplace('zoomOneSchoolCampusPlus', 'ZOOM_ONE_SCHOOL_CAMPUS_PLUS', 'School and Campus Plus'),
  workplace('zoomOneEntPremier', 'ZOOM_ONE_ENT_PREMIER', 'Zoom Workplace Enterprise Premier'),
  workplace('zoomOneEduEntPremier', 'ZOOM_ONE_EDU_ENT_PREMIER', 'Education Enterprise Premier'),
  bundle('zoomAutoDialer', 'ZOOM_AUTO_DIALER', 'Zoom Auto Dialer'),
  bundle('zoomFrontline', 'ZOOM_FRONTLINE', 'Zoom Workplace for Frontline'),
  subscription('zoomWorkplaceSubscription', 'ZOOM_WORKPLACE_SUBSCRIPTION', 'Zoom Workplace'),
  subscription(
    'zoomRevenueAcceleratorSubscription',
    'ZOOM_REVENUE_ACCELERATOR_SUBSCRIPTION',
    'Zoom Revenue Accelerator',
  ),
  subscription(
    'zoomCustomerManagedKeySubscription',
    'ZOOM_CUSTOMER_MANAGED_KEY_SUBSCRIPTION',
    'Zoom Customer Managed Key',
  ),
  subscription('zoomWhiteboardSubscription', 'ZOOM_WHITEBOARD_SUBSCRIPTION', 'Zoom Whiteboard (Plus)'),
  subscription(
    'zoomTranslatedCaptionsSubscription',
    'ZOOM_TRANSLATED_CAPTIONS_SUBSCRIPTION',
    'Zoom Translated Captions',
  ),
  subscription(
    'zoomWorkforceManagementSubscription',
    'ZOOM_WORKFORCE_MANAGEMENT_SUBSCRIPTION',
    'Zoom Workforce Management',
  ),
  subscription(
    'zoomQualityManagementSubscription',
    'ZOOM_QUALITY_MANAGEMENT_SUBSCRIPTION',
    'Zoom Quality Management',
  ),
  subscription('zoomSchedulerSubscription', 'ZOOM_SCHEDULER_SUBSCRIPTION', 'Zoom Scheduler'),
  subscription('zoomClipsPlusSubscription', 'ZOOM_CLIPS_PLUS_SUBSCRIPTION', 'Zoom Clips Plus'),
  subscription('visitorManagementSubscription', 'VISITOR_MANAGEMENT_SUBSCRIPTION', 'Zoom Visitor Management'),
  subscription(
    'zoomComplianceManagementSubscription',
    'ZOOM_COMPLIANCE_MANAGEMENT_SUBSCRIPTION',
    'Zoom Compliance Management',
  ),
  subscription('zoomDocsSubscription', 'ZOOM_DOCS_SUBSCRIPTION', 'Zoom Docs'),
  subscription('zoomAutoDialerSubscription', 'ZOOM_AUTO_DIALER_SUBSCRIPTION', 'Zoom Auto Dialer'),
  {
    ...subscription(
      'zoomPhoneCallingPlanSubscription',
      'ZOOM_PHONE_CALLING_PLAN_SUBSCRIPTION',
      'the calling plan',
    ),
    writeOnly: true,
  },
  writeOnly(
    'zoomRevenueAcceleratorRole',
    'ZOOM_REVENUE_ACCELERATOR_ROLE',
    'Role in Zoom Revenue Accelerator.',
  ),
  writeOnly(
    'zoomPhoneExtNumber',
    'ZOOM_PHONE_EXT_NUMBER',
    'Extension, given together with Zoom Phone in the same call; "0" takes the next free one.',
  ),
  writeOnly(
    'zoomPhoneNumber',
    'ZOOM_PHONE_NUMBER',
    'An unassigned phone number of the account, given together with Zoom Phone in the same call.',
  ),
  writeOnly(
    'zoomPhoneSite',
    'ZOOM_PHONE_SITE',
    'Phone site, given in the same call; by default the main site.',
  ),
  writeOnly(
    'zoomPhoneCallingPlan',
    'ZOOM_PHONE_CALLING_PLAN',
    'Calling plan, given together with Zoom Phone in the same call; "-1" takes all plans away.',
  ),
  writeOnly(
    'zoomContactCenterPackage',
    'ZOOM_CONTACT_CENTER_PACKAGE',
    'Contact centre package: Essentials, Premium or Elite.',
  ),
  writeOnly('zoomContactCenterAddonsPlan', 'ZOOM_CONTACT_CENTER_ADDONS_PLAN', 'Contact centre add-on.'),
  writeOnly('zoomContactCenterRole', 'ZOOM_CONTACT_CENTER_ROLE', 'Contact centre role; by default Agent.'),
  writeOnly('zoomContactCenterRegion', 'ZOOM_CONTACT_CENTER_REGION', 'Contact centre region.'),
  writeOnly(
    'zoomContactCenterUserTemplate',
    'ZOOM_CONTACT_CENTER_USER_TEMPLATE',
    'Contact centre template that is applied to the user.',
  ),
  {
    member: 'transferee',
    attribute: 'TRANSFEREE',
    type: 'String',
    outlastsDeactivation: true,
    description: 'Address of the user who receives the data when this one is deactivated or deleted.',
  },
];

/** Members that mean something only together: kinds of one licence, what belongs to it, and one product's settings. */
const families = [
  'zoomPhone',
  'zoomContactCenter',
  'zoomWhiteboard',
  'zoomRevenueAccelerator',
  'zoomOne',
  'zoomWorkplace',
] as const;

/** The family of a member; without one of several members it is the licence itself. */
export function familyOf(member: string): string {
  const family = families.find((name) => member.startsWith(name));
  return family === 'zoomWorkplace' ? 'zoomOne' : (family ?? member.replace(/Subscription$/, ''));
}

/** Attributes that stand for a bundle over SCIM. */
const bundles: readonly string[] = catalogue
  .filter(({ clearable }) => clearable === true)
  .map(({ attribute }) => attribute);

/** True for attributes that decide over SCIM which licence a user has. */
export function isLicenceOverScim(attribute: string): boolean {
  return attribute === 'TYPE' || attribute === 'PLAN_UNITED_TYPE' || bundles.includes(attribute);
}

/** Attributes that Zoom takes away from a deactivated user, over SCIM: a licence that is switched off reads false. */
export const lostByScimDeactivation: Losses = new Map<string, Values>([
  ...lostByDeactivation,
  ...catalogue
    .filter(({ outlastsDeactivation }) => outlastsDeactivation !== true)
    .map(({ attribute, type }): [string, Values] => [attribute, type === 'Boolean' ? [false] : []]),
]);
