import { DOMParser, type Element, onErrorStopParsing } from '@xmldom/xmldom';
import { Properties } from 'properties-file/parser';
import { ConnectorError } from '../../connid/errors.js';

/** A property as a file of the Java connector gives it. */
export interface GivenProperty {
  /** The path in a `.properties` file, such as `results.deepGet`, or the name of the bean in XML, such as `deepGet`. */
  readonly name: string;
  /** The values. `undefined` for a secret that the platform has encrypted. */
  readonly texts: readonly (string | undefined)[];
  readonly line: number;
}

/** Larger files are none of a connector's configuration. */
const maxCharacters = 1024 * 1024;

/**
 * Reads the configuration of the Java connector: a `.properties` file, or the resource of midPoint as XML.
 * @throws ConnectorError `configuration`. The message quotes nothing of the file, which may contain secrets.
 */
export function readJavaFile(text: string): readonly GivenProperty[] {
  if (text.length > maxCharacters) throw refused('is larger than a mebibyte');
  return /^\uFEFF?\s*</.test(text) ? readXml(text) : readProperties(text);
}

function readProperties(text: string): readonly GivenProperty[] {
  try {
    const { nodes } = new Properties(text);
    return nodes.flatMap((node) =>
      node.type === 'property'
        ? [{ name: node.key, texts: [node.value], line: node.startingLineNumber }]
        : [],
    );
  } catch {
    throw refused('has a sequence \\u that no four hexadecimal digits follow');
  }
}

/** midPoint's element for the properties of the connector. Elements beside it are settings of midPoint. */
const propertiesElement = 'configurationProperties';

function readXml(text: string): readonly GivenProperty[] {
  // Entities of a document type could make a small file a huge one.
  if (/<!DOCTYPE/i.test(text)) throw refused('has a document type, which no object of midPoint has');
  const groups = [...parse(text).getElementsByTagNameNS('*', propertiesElement)];
  const [group] = groups;
  if (group === undefined) throw refused(`has no element ${propertiesElement}`);
  if (groups.length > 1) throw refused(`has several elements ${propertiesElement}; leave one resource`);
  const given = new Map<string, { readonly texts: (string | undefined)[]; readonly line: number }>();
  for (const element of elementsOf(group)) {
    const name = element.localName ?? '';
    const property = given.get(name) ?? { texts: [], line: element.lineNumber ?? 0 };
    property.texts.push(textOf(element));
    given.set(name, property);
  }
  return [...given].map(([name, property]) => ({ name, ...property }));
}

function parse(text: string) {
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml');
  } catch {
    throw refused('is no well-formed XML');
  }
}

function elementsOf(parent: Element): readonly Element[] {
  return [...parent.childNodes].filter((node) => node.nodeType === node.ELEMENT_NODE) as Element[];
}

/** A secret of midPoint is in an element of its own, in clear text or encrypted. */
function textOf(element: Element): string | undefined {
  const [inner] = elementsOf(element);
  if (inner === undefined) return element.textContent ?? '';
  return inner.localName === 'clearValue' ? (inner.textContent ?? '') : undefined;
}

function refused(fault: string): ConnectorError {
  return new ConnectorError('configuration', `The file ${fault}.`, {
    hint: 'Give a .properties file of the Java connector, or a resource of midPoint as XML.',
  });
}
