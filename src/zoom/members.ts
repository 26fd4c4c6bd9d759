import { ConnectorError } from '../connid/errors.js';
import { textAt } from './json.js';

/**
 * Checks the answer to a call that adds members: Zoom lists the ids it added in one comma-separated string and skips
 * users it does not know (or that are pending) without an error.
 * @returns a check that throws ConnectorError `preconditionFailed` when somebody is missing.
 */
export function expectMembers(ids: readonly string[]): (answer: unknown) => void {
  return (answer) => {
    const added = new Set((textAt(answer, 'ids') ?? '').split(',').map((id) => id.trim()));
    const missing = ids.filter((id) => !added.has(id));
    if (missing.length === 0) return;
    throw new ConnectorError(
      'preconditionFailed',
      `Zoom did not add ${missing.length} of ${ids.length} members.`,
      {
        hint: 'Zoom skips users that are unknown or whose invitation is pending. Check that each is active.',
      },
    );
  };
}
