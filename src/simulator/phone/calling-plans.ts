/** Calling plans that the account has subscribed to. Source: https://developers.zoom.us/docs/api/references/account-plans/ */
export const callingPlans: ReadonlyMap<number, string> = new Map([
  [100, 'US/CA Metered Calling Plan'],
  [101, 'AU/NZ Metered Calling Plan'],
  [102, 'GB/IE Metered Calling Plan'],
  [200, 'US/CA Unlimited Calling Plan'],
  [201, 'AU/NZ Unlimited Calling Plan'],
  [202, 'GB/IE Unlimited Calling Plan'],
  [203, 'EURA Unlimited Calling Plan'],
  [1000, 'Unlimited Domestic Select Calling Plan'],
  [3000, 'Zoom Phone Pro'],
  [4010, 'Premium Add-On'],
]);

/** The plan that has no free seat in the seeded account. */
export const exhaustedPlan = 203;

/** Codes of Workplace bundles that include Zoom Phone. A separate assignment gives it to their holders. */
export const phoneBundles: ReadonlySet<number | bigint> = new Set([16, 32, 64, 128, 33_554_432]);

/** The code of a plan by its name. Ignores the words "Calling Plan" and a subscription after a colon. */
export function planByName(name: string): number | undefined {
  const [plain = ''] = name.split(':');
  const wanted = plain.trim().toLowerCase();
  for (const [code, full] of callingPlans) {
    if ([full, full.replace(/ Calling Plan$/, '')].some((known) => known.toLowerCase() === wanted))
      return code;
  }
  return undefined;
}
