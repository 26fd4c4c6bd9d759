import { sealText } from '../../src/connid-server/codec/guarded.js';
import type { Wire, WireValue } from '../../src/connid-server/codec/wire-value.js';

type Plain = string | number | boolean | null | WireValue;

/** A value as hosts send it; a number is an Integer. */
export function wire(value: Plain): WireValue {
  if (typeof value === 'string') return { kind: 'String', value };
  if (typeof value === 'number') return { kind: 'Integer', value };
  if (typeof value === 'boolean') return { kind: 'Boolean', value };
  return value;
}

export function list(...values: Plain[]): Wire<'List'> {
  return { kind: 'List', items: values.map(wire) };
}

export function set(...items: Plain[]): Wire<'Set'> {
  return { kind: 'Set', caseInsensitive: false, items: items.map(wire) };
}

export function attribute(name: string, ...values: Plain[]): Wire<'Attribute'> {
  return { kind: 'Attribute', name, Values: list(...values) };
}

export function withoutValues(name: string): Wire<'Attribute'> {
  return { kind: 'Attribute', name, Values: null };
}

export function nameOf(value: string): Wire<'Name'> {
  return { kind: 'Name', value };
}

export function uid(value: string, nameHint?: string): Wire<'Uid'> {
  return {
    kind: 'Uid',
    uid: value,
    revision: null,
    nameHint: nameHint === undefined ? null : nameOf(nameHint),
  };
}

export function guarded(text: string): Wire<'GuardedString'> {
  return { kind: 'GuardedString', value: sealText(text) };
}

export function delta(
  name: string,
  lists: { readonly add?: Wire<'List'>; readonly remove?: Wire<'List'>; readonly replace?: Wire<'List'> },
): Wire<'AttributeDelta'> {
  return {
    kind: 'AttributeDelta',
    Name: { kind: 'String', value: name },
    ValuesToAdd: lists.add ?? null,
    ValuesToRemove: lists.remove ?? null,
    ValuesToReplace: lists.replace ?? null,
  };
}

export function options(values: Readonly<Record<string, Plain>>): Wire<'OperationOptions'> {
  const items = Object.entries(values).map(([name, value]): Wire<'MapEntry'> => ({
    kind: 'MapEntry',
    key: wire(name),
    value: wire(value),
  }));
  return { kind: 'OperationOptions', options: { kind: 'Map', caseInsensitive: false, items } };
}

export function strings(...values: string[]): WireValue {
  return { kind: 'Array', component: 'String', items: values.map(wire) };
}

/** The attributes of an object of a host, by name: one value, a list, or `null` for no list. */
export function attributesOf(object: WireValue | undefined): Record<string, unknown> {
  if (object?.kind !== 'ConnectorObject') throw new Error(`${object?.kind ?? 'nothing'} is no object`);
  const entries = (object.Attributes?.items ?? []).map((item): [string, unknown] => {
    if (item?.kind === 'Uid') return ['__UID__', item.uid];
    if (item?.kind === 'Name') return ['__NAME__', item.value];
    if (item?.kind !== 'Attribute') throw new Error('not an attribute');
    return [item.name ?? '', item.Values?.items.map((value) => (value as { value?: unknown }).value) ?? null];
  });
  return Object.fromEntries(entries);
}
