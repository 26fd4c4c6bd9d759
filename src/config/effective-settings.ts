import { connectorNames } from './accounts.js';
import { GuardedString } from '../connid/guarded-string.js';
import type { Layers } from './load-config.js';
import { configProperties, type ConfigProperty, connectorSchema, isSecret, valueAt } from './schema.js';

/** Where the value of a setting comes from. */
type Origin =
  { readonly from: 'default' | 'file' } | { readonly from: 'environment'; readonly variable: string };

/** A setting as it is in effect. */
export interface EffectiveSetting {
  /** Such as `results.deepGet`. */
  readonly name: string;
  /** JSON. A reference to a secret is shown as it is, a secret is masked. */
  readonly value: unknown;
  readonly origin: Origin;
}

/**
 * Every setting of a configuration, in the order of the schema: the global ones, then those of each account. A group that
 * is `null` is one setting.
 */
export function effectiveSettings(layers: readonly Layers[]): readonly EffectiveSetting[] {
  const all = layers.flatMap(settingsOf);
  return [...new Map(all.map((setting) => [setting.name, setting])).values()];
}

function settingsOf({ account: { json, placeOf }, given, setBy }: Layers): EffectiveSetting[] {
  return (
    configProperties(connectorSchema)
      .map((property) => ({ property, value: valueAt(json, property.pointer) }))
      .filter(({ property, value }) => value !== undefined && !isOpenGroup(property, value))
      // With several accounts each has its settings.
      .filter(({ property }) => property.pointer !== '/connectors' || connectorNames(given).length === 0)
      .map(({ property, value }) => {
        const place = placeOf(property.pointer);
        return {
          name: place.slice(1).replaceAll('/', '.'),
          value: shown(property, value),
          origin: originOf(place, given, setBy),
        };
      })
  );
}

/** True for a group whose members are settings of their own. */
function isOpenGroup({ node }: ConfigProperty, value: unknown): boolean {
  return node.properties !== undefined && value !== null;
}

/** The variable of a group gives the members that it names. */
function originOf(pointer: string, given: unknown, setBy: Layers['setBy']): Origin {
  if (valueAt(given, pointer) === undefined) return { from: 'default' };
  const set = [...setBy].filter(([place]) => `${pointer}/`.startsWith(`${place}/`)).at(-1);
  return set === undefined ? { from: 'file' } : { from: 'environment', variable: set[1] };
}

function shown({ node }: ConfigProperty, value: unknown): unknown {
  if (isSecret(node)) return masked(value);
  const { items } = node;
  return items !== undefined && isSecret(items) && Array.isArray(value) ? value.map(masked) : value;
}

/** References stay: they are what an administrator looks for. */
function masked(secret: unknown): unknown {
  return typeof secret === 'string' ? GuardedString.mask : secret;
}
