import { ConnectorError, invalidValue } from '../../connid/errors.js';
import type { Wire, WireValue } from '../codec/wire-value.js';
import { toJsonList } from './values.js';

type Json = Readonly<Record<string, unknown>>;

/** An attribute of a request. Uid and Name are attributes, too. */
interface GivenAttribute {
  readonly name: string;
  readonly values: Wire<'List'> | null;
}

/**
 * Reads an attribute.
 * @throws ConnectorError `illegalArgument` for something else.
 */
export function givenAttribute(value: WireValue): GivenAttribute {
  if (value?.kind === 'Attribute' && value.name !== null && value.name !== '') {
    return { name: value.name, values: value.Values };
  }
  if (value?.kind === 'Name') return { name: '__NAME__', values: listOf(value.value) };
  if (value?.kind === 'Uid' && value.uid !== null) return { name: '__UID__', values: listOf(value.uid) };
  throw illegal('An attribute has no name, or is none.');
}

function listOf(text: string): Wire<'List'> {
  return { kind: 'List', items: [{ kind: 'String', value: text }] };
}

/** Attributes of a create by name, as the connector takes them. */
export function createAttributes({ items }: Wire<'Set'>): Json {
  const attributes = items.map(givenAttribute);
  const names = attributes.map(({ name }) => name.toLowerCase());
  if (new Set(names).size < names.length) throw invalidValue('An attribute is given twice.');
  return Object.fromEntries(attributes.map(({ name, values }) => [name, toJsonList(values)]));
}

/** Deltas of an update that replaces the values of attributes. */
export function replacingDeltas({ items }: Wire<'Set'>): readonly Json[] {
  return items.map((item) => {
    const { name, values } = givenAttribute(item);
    return { name, valuesToReplace: toJsonList(values) };
  });
}

/** Deltas that add values to attributes, or remove them. */
export function partialDeltas(
  { items }: Wire<'Set'>,
  change: 'valuesToAdd' | 'valuesToRemove',
): readonly Json[] {
  return items.map((item) => {
    const { name, values } = givenAttribute(item);
    if (values === null) throw illegal('An attribute has no values to add or remove.');
    return { name, [change]: toJsonList(values) };
  });
}

/** Deltas of hosts. Where values are added or removed, those to replace do not count. */
export function givenDeltas({ items }: Wire<'Set'>): readonly Json[] {
  return items.map((item) => {
    if (item?.kind !== 'AttributeDelta' || item.Name === null)
      throw illegal('A delta has no name, or is none.');
    const { ValuesToAdd: add, ValuesToRemove: remove, ValuesToReplace: replace } = item;
    const name = item.Name.value;
    const isPartial = add !== null || remove !== null;
    return {
      name,
      ...(add !== null && { valuesToAdd: toJsonList(add) }),
      ...(remove !== null && { valuesToRemove: toJsonList(remove) }),
      ...(!isPartial && replace !== null && { valuesToReplace: toJsonList(replace) }),
    };
  });
}

/** The uid of a request, with the name that the host knows. */
export function givenUid({ nameHint, uid }: Wire<'Uid'>): {
  readonly uid: string;
  readonly nameHint?: string;
} {
  if (uid === null || uid.trim() === '') throw illegal('The uid is blank.');
  return { uid, ...(nameHint !== null && { nameHint: nameHint.value }) };
}

function illegal(message: string): ConnectorError {
  return new ConnectorError('illegalArgument', message);
}
