import { ConnectorError } from '../../connid/errors.js';
import { isAddress, isId } from './forms.js';
import { at, type Json } from './json.js';

/** A check of a row: the reason why no later call can address its object; `undefined` when one can. */
export type RowCheck = (row: Json) => string | undefined;

/** A row without its id, or with one that cannot stand in a path. */
export const idFault: RowCheck = (row) => (isMissing(row, 'id') ? 'no id' : presentIdFault(row));

/** A row whose id cannot stand in a path; rows of people who have no id yet pass. */
export const presentIdFault: RowCheck = (row) => {
  const id = at(row, 'id');
  if (isMissing(row, 'id') || (typeof id === 'string' && isId(id))) return undefined;
  return `the id ${shortened(id)}, which is none of Zoom's`;
};

/**
 * A row without an e-mail address. The text never contains the value, which may be personal data.
 * @param accepts - the addresses that are none of a fault; by default those that Zoom can be asked for.
 */
export function addressFault(member: string, accepts = isAddress): RowCheck {
  return (row) => {
    const address = at(row, member);
    if (isMissing(row, member)) return `no ${member}`;
    return typeof address === 'string' && accepts(address) ? undefined : `no e-mail address as its ${member}`;
  };
}

/** The first fault that one of the checks finds. */
export function anyFault(...checks: readonly RowCheck[]): RowCheck {
  return (row) => {
    for (const check of checks) {
      const fault = check(row);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

/**
 * Refuses a page with a row that no later call can address: an object given with such a uid could never be read again.
 * @throws ConnectorError `connectorIO` that names the row by its position, so that an administrator can find it.
 */
export function checkRows(rows: readonly Json[], check: RowCheck, { member, before }: RowPlace): void {
  rows.forEach((row, index) => {
    const fault = check(row);
    if (fault === undefined) return;
    const place = `Row ${before + index + 1} of ${member}`;
    throw new ConnectorError(
      'connectorIO',
      `${place} in Zoom's list has ${fault}, so it cannot be addressed.`,
      {
        hint: 'Find the row in Zoom and correct it, or report it to Zoom. The search fails because it would miss an object.',
      },
    );
  });
}

/**
 * Refuses a single record that no later call can address.
 * @param what - the record, as the subject of a sentence.
 * @throws ConnectorError `connectorIO`
 */
export function checkRecord(record: Json, check: RowCheck, what: string): void {
  const fault = check(record);
  if (fault === undefined) return;
  throw new ConnectorError(
    'connectorIO',
    `${what} in Zoom's answer has ${fault}, so it cannot be addressed.`,
  );
}

/** The place of a page in its list. */
interface RowPlace {
  /** Member of the answer that holds the rows. */
  readonly member: string;
  /** Number of rows on the pages before. */
  readonly before: number;
}

function isMissing(row: Json, member: string): boolean {
  const value = at(row, member);
  return value === undefined || value === null || value === '';
}

/** A value in a form that neither breaks a line nor fills a log. */
function shortened(value: unknown): string {
  const text = JSON.stringify(typeof value === 'bigint' ? String(value) : value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
