import type { Values } from '../../../connid/attribute.js';
import { type Losses, lostByDeactivation } from '../../user/policy/update-policy.js';
import { catalogue } from '../../user/scim/licence-catalogue.js';

/** What Zoom takes away from a deactivated user, over SCIM: a licence that is switched off is there, and false. */
export const lostByScimDeactivation: Losses = new Map<string, Values>([
  ...lostByDeactivation,
  ...catalogue
    .filter(({ outlastsDeactivation }) => outlastsDeactivation !== true)
    .map(({ attribute, type }): [string, Values] => [attribute, type === 'Boolean' ? [false] : []]),
]);
