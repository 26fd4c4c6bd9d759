/** Zoom's rate limit labels. Source: https://developers.zoom.us/docs/api/rate-limits/ */
export type Label = 'light' | 'medium' | 'heavy' | 'resourceIntensive';

/** Which API a route belongs to; phone routes have rate limits of their own. */
export type Family = 'rest' | 'phone' | 'scim';

/** What a call is counted as against the limits of the account. */
export interface RateClass {
  readonly family: Family;
  readonly label: Label;
}
