import type { Connector } from '../../connector/connector.js';
import type { Subject } from '../exchange/exchange.js';
import { loggableUid } from './redact.js';

/** Stands for a name that the connector does not know: callers could send any text, and any number of them. */
const unknown = '?';

/** Object classes and their attributes: lower-case name or native name → name in the schema. */
type Names = ReadonlyMap<string, { readonly name: string; readonly attributes: ReadonlyMap<string, string> }>;

/** Names do not change while a connector lives. */
const namesByConnector = new WeakMap<Connector, Names>();

/**
 * The parts of a request that may be logged: class, uid and names of attributes, never a value. Class and attributes
 * get the spelling of the schema; names that are not in the schema become `?`.
 * @param request - a body that has passed its schema, or `undefined`.
 */
export function subjectOf(request: unknown, connector: Connector): Subject {
  if (typeof request !== 'object' || request === null) return {};
  const { objectClass, uid, attributes, deltas } = request as Readonly<Record<string, unknown>>;
  const known =
    typeof objectClass === 'string' ? namesOf(connector).get(objectClass.toLowerCase()) : undefined;
  const names = attributeNames(attributes, deltas);
  return {
    ...(typeof objectClass === 'string' ? { objectClass: known?.name ?? unknown } : {}),
    ...(typeof uid === 'string' ? { uid: loggableUid(uid) } : {}),
    ...(names.length === 0
      ? {}
      : { attributes: names.map((name) => known?.attributes.get(name.toLowerCase()) ?? unknown) }),
  };
}

function attributeNames(attributes: unknown, deltas: unknown): string[] {
  if (Array.isArray(deltas)) return deltas.map((delta) => String((delta as { name?: unknown }).name));
  return typeof attributes === 'object' && attributes !== null ? Object.keys(attributes) : [];
}

function namesOf(connector: Connector): Names {
  const names = namesByConnector.get(connector) ?? readNames(connector);
  namesByConnector.set(connector, names);
  return names;
}

function readNames(connector: Connector): Names {
  const classes = connector.schema().objectClasses.map(({ attributes, name }) => {
    const natives = attributes.map(
      (attribute) => [attribute.nativeName.toLowerCase(), attribute.name] as const,
    );
    const own = attributes.map((attribute) => [attribute.name.toLowerCase(), attribute.name] as const);
    return [name.toLowerCase(), { name, attributes: new Map([...natives, ...own]) }] as const;
  });
  return new Map(classes);
}
