import { ConnectorError, toConnectorError } from '../../connid/errors.js';
import type { Session } from '../object-class/call.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { ObjectClass } from '../object-class/object-class.js';

/** The uid, and perhaps a name, by which the caller addresses an object. */
export interface ObjectAddress {
  readonly uid: string;
  readonly nameHint?: string | undefined;
}

/** A write that may be tried again under another address. */
interface Attempt<T> {
  readonly objectClass: ObjectClass;
  readonly session: Session;
  /** Reads the object and writes it. `seen` receives the address under which the read found it. */
  write(addressed: ObjectAddress, seen: (address: ObjectAddress) => void): Promise<T>;
}

/**
 * Writes an object. When the target answers that it does not know the object, a second read by uid and by name decides.
 * If that read finds the object and nothing was written yet, we write once more, under the uid that it shows.
 * @throws ConnectorError `unknownUid` only when the second read agrees; `connectorIO` when it contradicts twice, or after
 *   a part of the write.
 */
export async function withSecondLook<T>(attempt: Attempt<T>, addressed: ObjectAddress): Promise<T> {
  let address = addressed;
  const seen = (found: ObjectAddress): void => void (address = found);
  try {
    return await attempt.write(addressed, seen);
  } catch (thrown) {
    const refusal = refusalAsUnknown(thrown);
    if (refusal === undefined) throw thrown;
    const found = await lookAgain(attempt, address, refusal);
    if (found === undefined) throw refusal;
    if (hasWritten(refusal)) throw contradiction(attempt, refusal);
    return writeAgain(attempt, { uid: found.uid, nameHint: found.name });
  }
}

async function writeAgain<T>(attempt: Attempt<T>, present: ObjectAddress): Promise<T> {
  try {
    return await attempt.write(present, () => undefined);
  } catch (thrown) {
    const refusal = refusalAsUnknown(thrown);
    throw refusal === undefined ? thrown : contradiction(attempt, refusal);
  }
}

/** The error, if the target has answered a write that it does not know the object. A read that finds nothing has no answer. */
function refusalAsUnknown(thrown: unknown): ConnectorError | undefined {
  const error = toConnectorError(thrown);
  return error.kind === 'unknownUid' && error.details.upstream !== undefined ? error : undefined;
}

function hasWritten({ details: { applied = [], unknown = [] } }: ConnectorError): boolean {
  return applied.length + unknown.length > 0;
}

async function lookAgain(
  { objectClass: { read, view }, session }: Attempt<unknown>,
  { nameHint, uid }: ObjectAddress,
  refusal: ConnectorError,
): Promise<FoundObject | undefined> {
  try {
    const byUid = await read.find({ attribute: '__UID__', value: uid, nameHint }, new Set(), session);
    if (byUid !== undefined || nameHint === undefined) return byUid;
    const alsoSearchListings = new Set([nameHint]);
    return await read.find(
      { attribute: '__NAME__', value: nameHint, alsoSearchListings },
      new Set(),
      session,
    );
  } catch (cause) {
    const message = `${refusal.message} Whether the ${view.name} is gone is unknown: a read to find out has failed.`;
    throw new ConnectorError('connectorIO', message, {
      ...refusal.details,
      hint: 'Repeat the operation.',
      cause,
    });
  }
}

/** The target refuses to write the object, but shows it to reads. */
function contradiction(
  { objectClass: { view } }: Attempt<unknown>,
  { details, message }: ConnectorError,
): ConnectorError {
  return new ConnectorError('connectorIO', `${message} Reads show the ${view.name} nevertheless.`, {
    ...details,
    hint: 'The object is not gone, but this write of it does not find it. Repeat the operation later.',
  });
}
