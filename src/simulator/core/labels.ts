/** Zoom's rate limit labels. Source: https://developers.zoom.us/docs/api/rate-limits/ */
export type Label = 'light' | 'medium' | 'heavy' | 'resourceIntensive';

/** The API of a route. Phone routes have their own rate limits. */
export type Family = 'rest' | 'phone' | 'scim';

/** The properties of a call that decide which limits of the account it counts against. */
export interface RateClass {
  readonly family: Family;
  readonly label: Label;
}
