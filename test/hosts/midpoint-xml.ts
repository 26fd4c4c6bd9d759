import { readdirSync, readFileSync } from 'node:fs';
import { DOMParser, type Document, type Element, onErrorStopParsing } from '@xmldom/xmldom';
import type { WireValue } from '../../src/connid-server/codec/wire-value.js';
import { guarded, wire } from '../connid-server/wire-values.js';

const folder = 'docs/hosts/midpoint';

/** Namespaces that midPoint's objects use. */
export const namespaces = {
  common: 'http://midpoint.evolveum.com/xml/ns/public/common/common-3',
  attributes: 'http://midpoint.evolveum.com/xml/ns/public/resource/instance-3',
  identifiers: 'http://midpoint.evolveum.com/xml/ns/public/connector/icf-1/resource-schema-3',
  capabilities: 'http://midpoint.evolveum.com/xml/ns/public/resource/capabilities-3',
  configuration: 'http://midpoint.evolveum.com/xml/ns/public/connector/icf-1/connector-schema-3',
  bundles: 'http://midpoint.evolveum.com/xml/ns/public/connector/icf-1/bundle',
} as const;

export function midpointFiles(): readonly string[] {
  return readdirSync(folder).sort();
}

/** Parses a file. @throws Error if it is not well-formed. */
export function parseFile(name: string): Document {
  const parser = new DOMParser({ onError: onErrorStopParsing });
  return parser.parseFromString(readFileSync(`${folder}/${name}`, 'utf8'), 'text/xml');
}

/** Elements below another with a local name, of any namespace. */
export function all(parent: Document | Element, name: string): readonly Element[] {
  return [...parent.getElementsByTagNameNS('*', name)];
}

/** Elements directly below another with a local name. */
export function children(parent: Element, name?: string): readonly Element[] {
  const elements = [...parent.childNodes].filter((node) => node.nodeType === node.ELEMENT_NODE) as Element[];
  return elements.filter(({ localName }) => name === undefined || localName === name);
}

/** @throws Error without an element. */
export function first(elements: readonly Element[]): Element {
  const [element] = elements;
  if (element === undefined) throw new Error('An element is missing');
  return element;
}

/** The text of an element directly below another; empty without one. */
export function textOf(parent: Element, name: string): string {
  return children(parent, name)[0]?.textContent?.trim() ?? '';
}

/** A qualified name in the text of an element: its prefix must be declared there. */
export function qualifiedName(element: Element): { readonly namespace: string; readonly name: string } {
  const [prefix = '', name = ''] = (element.textContent ?? '').trim().split(':');
  const namespace = element.lookupNamespaceURI(prefix);
  if (namespace === null) throw new Error(`The prefix ${prefix} is not declared`);
  return { namespace, name };
}

/**
 * Values of a resource's properties, as midPoint sends them.
 * @param properties - the Java classes that the connector declares.
 */
export function configured(
  file: string,
  properties: ReadonlyMap<string, string>,
): Readonly<Record<string, WireValue>> {
  const given = children(first(all(parseFile(file), 'configurationProperties')));
  const values = given.map((element): [string, WireValue] => {
    const name = element.localName ?? '';
    return [name, valueOf(element, properties.get(name) ?? '')];
  });
  return Object.fromEntries(values);
}

function valueOf(element: Element, javaClass: string): WireValue {
  const text = element.textContent?.trim() ?? '';
  if (javaClass.endsWith('GuardedString') && children(element, 'clearValue').length > 0) return guarded(text);
  if (javaClass.endsWith('Boolean') && /^(true|false)$/.test(text)) return wire(text === 'true');
  return wire(javaClass === 'java.lang.String' ? text : null);
}
