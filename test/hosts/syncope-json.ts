import { readdirSync, readFileSync } from 'node:fs';
import type { WireValue } from '../../src/connid-server/codec/wire-value.js';
import { guarded, wire } from '../connid-server/wire-values.js';

const folder = 'docs/hosts/syncope';

/** A file of the guide. */
export function readFile(name: string): unknown {
  return JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
}

interface ConnectorFile {
  readonly bundleName: string;
  readonly connectorName: string;
  readonly capabilities: readonly string[];
  readonly conf: readonly {
    readonly schema: { readonly name: string; readonly type: string };
    readonly values: readonly (string | boolean | number)[];
  }[];
}

export interface Item {
  readonly intAttrName: string;
  readonly extAttrName: string;
  readonly purpose: 'BOTH' | 'PROPAGATION' | 'PULL';
  readonly connObjectKey?: true;
}

export interface Provision {
  readonly anyType: string;
  readonly objectClass: string;
  readonly uidOnCreate: string;
  readonly mapping: { readonly connObjectKeyItem: Item; readonly items: readonly Item[] };
}

export const resource = readFile('resource.json') as {
  readonly key: string;
  readonly provisions: readonly Provision[];
};
export const connector = readFile('connector.json') as ConnectorFile;

/** Values of the connector's properties, as Syncope sends them. */
export function connectorValues(): Readonly<Record<string, WireValue>> {
  const values = connector.conf.map(({ schema, values: [value = null] }): [string, WireValue] => [
    schema.name,
    schema.type.endsWith('GuardedString') ? guarded(String(value)) : wire(value),
  ]);
  return Object.fromEntries(values);
}

export function schemaNames(): readonly string[] {
  return readdirSync(`${folder}/schemas`).map((name) => name.replace('.json', ''));
}
