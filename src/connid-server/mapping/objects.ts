import type { AttributeInfo } from '../../connid/attribute.js';
import type {
  ConnectorObject,
  DeltaAnswer,
  JsonAttributeValue,
  Schema,
  SearchResult,
} from '../../connector/connector.js';
import type { Wire, WireValue } from '../codec/wire-value.js';
import { toWire } from './values.js';

type Info = Pick<AttributeInfo, 'type' | 'multiValued'>;

const uidInfo: Info = { type: 'String', multiValued: false };

/** Writes the objects of one class. The schema says which types the values have in Java. */
export class ObjectForm {
  readonly #infos: ReadonlyMap<string, Info>;

  /** @param className - the name by which the host knows the class. */
  constructor(
    { objectClasses }: Schema,
    private readonly className: string,
  ) {
    const infos = objectClasses.flatMap(({ attributes }) => attributes);
    this.#infos = new Map(infos.map((info) => [info.name, info]));
  }

  object({ attributes, name, uid }: ConnectorObject): Wire<'ConnectorObject'> {
    const others = Object.entries(attributes)
      .filter(([attribute]) => attribute !== '__UID__' && attribute !== '__NAME__')
      .map(([attribute, value]) => this.#attribute(attribute, value));
    return {
      kind: 'ConnectorObject',
      ObjectClass: { kind: 'ObjectClass', type: this.className },
      Attributes: setOf([uidOf(uid), { kind: 'Name', value: name }, ...others]),
    };
  }

  /** What an update has changed beyond what was asked for. */
  sideEffects(effects: readonly DeltaAnswer[]): Wire<'Set'> {
    const deltas = effects.map(({ name, valuesToReplace }): Wire<'AttributeDelta'> => {
      const { type } = this.#infoOf(name);
      return {
        kind: 'AttributeDelta',
        Name: { kind: 'String', value: name },
        ValuesToAdd: null,
        ValuesToRemove: null,
        ValuesToReplace: { kind: 'List', items: valuesToReplace.map((value) => toWire(type, value)) },
      };
    });
    return setOf(deltas);
  }

  /** No value is no list for a single-valued attribute, and an empty list for a multi-valued one. */
  #attribute(name: string, value: JsonAttributeValue): Wire<'Attribute'> {
    if (value === null) return { kind: 'Attribute', name, Values: null };
    const { type } = this.#infoOf(name);
    const values = typeof value === 'object' ? value : [value];
    return {
      kind: 'Attribute',
      name,
      Values: { kind: 'List', items: values.map((one) => toWire(type, one)) },
    };
  }

  #infoOf(name: string): Info {
    return this.#infos.get(name) ?? uidInfo;
  }
}

export function uidOf(uid: string): Wire<'Uid'> {
  return { kind: 'Uid', uid, revision: null, nameHint: null };
}

export function searchResult(result: SearchResult): Wire<'SearchResult'> {
  const { pagedResultsCookie, remainingPagedResults } = result;
  return { kind: 'SearchResult', pagedResultsCookie, remainingPagedResults };
}

export function setOf(items: readonly WireValue[]): Wire<'Set'> {
  return { kind: 'Set', caseInsensitive: false, items };
}
