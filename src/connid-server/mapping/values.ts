import type { AttributeType } from '../../connid/attribute.js';
import { ConnectorError, invalidValue } from '../../connid/errors.js';
import { GuardedString } from '../../connid/guarded-string.js';
import { openText } from '../codec/guarded.js';
import { type Wire, WireError, type WireValue } from '../codec/wire-value.js';

/**
 * The JSON value of a wire value, for a request to the connector. A secret stays guarded.
 * @throws ConnectorError `invalidAttributeValue` for a type that no attribute or option has.
 */
export function toJson(value: WireValue): unknown {
  if (value === null) return null;
  switch (value.kind) {
    case 'String':
    case 'Character':
    case 'Boolean':
    case 'Integer':
    case 'Byte':
    case 'Float':
    case 'Double':
    case 'ZonedDateTime':
      return value.value;
    case 'Long':
      return wholeNumber(value.value);
    case 'GuardedString':
      return guarded(value);
    default:
      throw invalidValue(`Values of type ${value.kind} are not supported.`);
  }
}

/** A number where it is exact. A larger one stays a bigint, which no attribute accepts. */
function wholeNumber(value: bigint): number | bigint {
  return BigInt.asIntN(54, value) === value ? Number(value) : value;
}

function guarded({ value }: Wire<'GuardedString'>): GuardedString {
  try {
    return new GuardedString(openText(value));
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new ConnectorError('illegalArgument', `${error.message}.`);
  }
}

/**
 * The JSON values of an attribute: no value for a null list, an empty list and a list of one null, which all mean the
 * same to hosts.
 */
export function toJsonList(list: Wire<'List'> | null): unknown[] {
  const items = list?.items ?? [];
  return items.length === 1 && items[0] === null ? [] : items.map(toJson);
}

/** A value of an attribute in an answer. */
export function toWire(type: AttributeType, value: string | number | boolean): WireValue {
  switch (type) {
    case 'Integer':
      return { kind: 'Integer', value: Number(value) };
    case 'Long':
      return { kind: 'Long', value: BigInt(value) };
    case 'Boolean':
      return { kind: 'Boolean', value: value === true };
    case 'String':
    case 'GuardedString':
      return { kind: 'String', value: String(value) };
  }
}

/**
 * The values of a host's configuration, by name of the property. Secrets stay guarded.
 * @throws ConnectorError `configuration` for a value of a type that no property has.
 */
export function givenConfiguration({
  ConfigurationProperties: properties,
}: Wire<'APIConfiguration'>): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const { name, value } of properties?.items ?? []) {
    if (name !== null) values.set(name, propertyValue(value));
  }
  return values;
}

function propertyValue(value: WireValue): unknown {
  try {
    return value?.kind === 'Array' ? value.items.map(toJson) : toJson(value);
  } catch (cause) {
    const message = 'A property of the configuration has a value of a type that no property has.';
    throw new ConnectorError('configuration', message, { cause });
  }
}
