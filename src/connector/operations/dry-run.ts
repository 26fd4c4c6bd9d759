import type { PlanAnswer } from '../connector.js';
import { rehearse } from '../rehearsal.js';
import { noVerifier } from '../verify/verifier.js';
import { noRecord } from '../write-record.js';
import type { Environment } from './environment.js';

/**
 * Runs an operation without its writes, so that there is nothing to read back.
 * @returns the calls it would make; reads among them were made.
 * @throws ConnectorError wherever the operation itself would refuse.
 */
export async function dryRun(
  environment: Environment,
  operation: (environment: Environment) => Promise<unknown>,
): Promise<PlanAnswer> {
  const { steps, target } = rehearse(environment.target);
  await operation({ ...environment, target, verifier: noVerifier, writes: noRecord });
  return { plan: steps };
}
