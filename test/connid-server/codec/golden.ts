import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Decoder } from '../../../src/connid-server/codec/decoder.js';
import type { WireValue } from '../../../src/connid-server/codec/wire-value.js';
import { sharedFolder } from '../../support/shared.js';

const folder = join(sharedFolder, 'connid-wire');

/** A recorded session between a Java client and a Java server. */
export interface RecordedSession {
  readonly name: string;
  readonly fromClient: Buffer;
  readonly fromServer: Buffer;
  /** The messages as another decoder understood them; some sessions have none. */
  readonly messages: readonly { readonly dir: 'C' | 'S'; readonly object: unknown }[] | undefined;
}

export function recordedSessions(): RecordedSession[] {
  const clients = readdirSync(folder).filter((name) => name !== 'README.md');
  return clients.flatMap((client) =>
    readdirSync(join(folder, client))
      .filter((file) => file.endsWith('.c2s.hex'))
      .map((file) => recordedSession(`${client}/${file.replace('.c2s.hex', '')}`)),
  );
}

/** A facade key is a stream of its own. */
export function recordedFacadeKeys(): { readonly bytes: Buffer; readonly object: unknown }[] {
  return readdirSync(folder)
    .filter((name) => name !== 'README.md')
    .map((client) => ({
      bytes: hexFile(`${client}/facade-key.hex`),
      object: jsonFile(`${client}/facade-key.json`),
    }));
}

function recordedSession(name: string): RecordedSession {
  const isDecoded = readdirSync(join(folder, name, '..')).includes(`${name.split('/')[1] ?? ''}.json`);
  return {
    name,
    fromClient: hexFile(`${name}.c2s.hex`),
    fromServer: hexFile(`${name}.s2c.hex`),
    messages: isDecoded ? (jsonFile(`${name}.json`) as RecordedSession['messages']) : undefined,
  };
}

function hexFile(path: string): Buffer {
  return Buffer.from(readFileSync(join(folder, path), 'utf8').trim(), 'hex');
}

function jsonFile(path: string): unknown {
  return JSON.parse(readFileSync(join(folder, path), 'utf8'));
}

/** All messages of a stream, which comes in chunks of some size. */
export function decodeStream(bytes: Uint8Array, chunkBytes = bytes.length): WireValue[] {
  const decoder = new Decoder();
  const values: WireValue[] = [];
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    decoder.add(bytes.subarray(start, start + chunkBytes));
    for (let value = decoder.next(); value !== undefined; value = decoder.next()) values.push(value);
  }
  if (!decoder.isBetweenMessages) throw new Error('The stream ends within a message');
  return values;
}
