import { callingPlans } from '../phone/calling-plans.js';
import { isUnitedCode, isZoomOneText } from '../state/licence-codes.js';
import { isSeatedFeature } from '../users/feature-rules.js';

const plainPools: readonly string[] = ['total', 'basic', 'licensed', 'unassigned', 'phone'];

/** Kinds of pools of which there are several, with what follows the colon. */
const codedPools: Readonly<Record<string, (code: string) => boolean>> = {
  zoomOne: isZoomOneText,
  planUnited: isUnitedCode,
  feature: isSeatedFeature,
  plan: (code) => [...callingPlans.keys()].some((known) => String(known) === code),
};

/** Names of the licence pools that there can be, for people. */
export const poolNames = [...plainPools, ...Object.keys(codedPools).map((kind) => `${kind}:CODE`)].join(', ');

/** Whether there is a licence pool of that name, in use or not. */
export function isPool(name: string): boolean {
  if (plainPools.includes(name)) return true;
  const [kind = '', ...code] = name.split(':');
  return Object.hasOwn(codedPools, kind) && codedPools[kind]?.(code.join(':')) === true;
}
