/** Licence switches of the Zoom extension, with the features of the user settings that they set. */
export const scimFlags: Readonly<Record<string, string>> = {
  zoomRevenueAccelerator: 'zoom_revenue_accelerator',
  zoomIQ: 'zoom_revenue_accelerator',
  zoomCustomerManagedKey: 'zoom_customer_managed_key',
  zoomWhiteboard: 'zoom_whiteboard',
  zoomWhiteboardPlus: 'zoom_whiteboard_plus',
  zoomTranslatedCaptions: 'zoom_translated_captions',
  zoomWorkforceManagement: 'zoom_workforce_management',
  zoomQualityManagement: 'zoom_quality_management',
  zoomScheduler: 'zoom_scheduler',
  zoomClipsPlus: 'zoom_clips_plus',
  zoomMailAndCalendar: 'zoom_mail_calendar',
  zoomComplianceManagement: 'zoom_compliance_management',
  zoomDocs: 'zoom_docs',
  visitorManagement: 'visitor_management',
  zoomClinicians: 'zoom_clinicians',
  zoomCustomAICompanion: 'zoom_custom_ai_companion',
  zoomAICompanion: 'zoom_ai_companion',
};

/** Attributes for a Workplace bundle. All of them set `zoom_one_type`. */
export const bundleNames = [
  'zoomOneBizPlus',
  'zoomOneEdu',
  'zoomOneSchoolCampusPlus',
  'zoomOneEntPremier',
  'zoomOneEduEntPremier',
] as const;

const bundleRanges: readonly [name: (typeof bundleNames)[number], codes: readonly string[]][] = [
  ['zoomOneBizPlus', ['16', '32', '64', '128', '33554432']],
  ['zoomOneEntPremier', ['134217728', '268435456', '536870912', '1073741824']],
  ['zoomOneEduEntPremier', ['4294967296', '8589934592', '17179869184', '34359738368', '68719476736']],
  [
    'zoomOneSchoolCampusPlus',
    ['137438953472', '274877906944', '549755813888', '1099511627776', '2199023255552'],
  ],
];

/** The attribute that contains a bundle in answers. */
export function bundleName(code: string): (typeof bundleNames)[number] {
  return bundleRanges.find(([, codes]) => codes.includes(code))?.[0] ?? 'zoomOneEdu';
}

/** Names of user types. Older documents call Licensed "Pro" or "Corp". */
export const userTypes: Readonly<Record<string, number>> = {
  licensed: 2,
  pro: 2,
  corp: 2,
  basic: 1,
  'on-prem': 3,
  collaboration: 4,
};

export function userTypeName(type: number): string {
  if (type === 2) return 'Licensed';
  if (type === 3) return 'On-Prem';
  return type === 1 ? 'Basic' : 'Collaboration';
}

/** Members of the extension that are stored and returned unchanged. */
export const scimTexts = [
  'transferee',
  'zoomAutoDialer',
  'zoomFrontline',
  'zoomWorkplaceSubscription',
  'zoomRevenueAcceleratorSubscription',
  'zoomCustomerManagedKeySubscription',
  'zoomWhiteboardSubscription',
  'zoomTranslatedCaptionsSubscription',
  'zoomWorkforceManagementSubscription',
  'zoomQualityManagementSubscription',
  'zoomSchedulerSubscription',
  'zoomClipsPlusSubscription',
  'visitorManagementSubscription',
  'zoomComplianceManagementSubscription',
  'zoomDocsSubscription',
  'zoomAutoDialerSubscription',
] as const;
