import type { ClassReference, Wire, WireValue } from '../codec/wire-value.js';
import { operationClasses } from '../mapping/schema.js';
import { setOf } from '../mapping/objects.js';
import { helloResponse } from '../messages/answers.js';

/** A property of the configuration, as hosts show it to their administrators. */
export interface ShownProperty {
  readonly name: string;
  readonly order: number;
  readonly display: string;
  readonly help: string;
  readonly type: 'String' | 'GuardedString' | 'Boolean' | 'Integer' | 'String[]';
  readonly required: boolean;
  readonly confidential: boolean;
  readonly initial: string | number | boolean | null;
}

/** The connector as hosts know it. They save configurations under the names of bundle and connector. */
export interface ConnectorIdentity {
  readonly bundleName: string;
  readonly bundleVersion: string;
  readonly connectorName: string;
  readonly display: string;
}

/** Bits of Hello's level: the host asks for the start of the server, for connector keys, for all infos. */
const levels = { server: 4, keys: 16, infos: 20 } as const;

/** Makes the answers to Hello. @param startedAt - milliseconds since 1970, the same as long as the server runs. */
export function helloOf(
  identity: ConnectorIdentity,
  properties: readonly ShownProperty[],
  startedAt: number,
): (infoLevel: number) => Wire<'HelloResponse'> {
  const key = connectorKey(identity);
  const info = connectorInfo(identity, key, properties);
  return (infoLevel) =>
    helloResponse({
      ...((infoLevel & levels.server) !== 0 && { startedAt }),
      ...((infoLevel & levels.keys) !== 0 && { keys: [key] }),
      ...((infoLevel & levels.infos) === levels.infos && { infos: [info] }),
    });
}

function connectorKey({ bundleName, bundleVersion, connectorName }: ConnectorIdentity): Wire<'ConnectorKey'> {
  return { kind: 'ConnectorKey', bundleName, bundleVersion, connectorName };
}

const displayKey = 'connector.display';

function connectorInfo(
  { display }: ConnectorIdentity,
  ConnectorKey: Wire<'ConnectorKey'>,
  properties: readonly ShownProperty[],
): Wire<'ConnectorInfo'> {
  const texts = properties.flatMap(({ display, help, name }): [string, string][] => [
    [`${name}.display`, display],
    [`${name}.help`, help],
  ]);
  return {
    kind: 'ConnectorInfo',
    connectorDisplayNameKey: displayKey,
    connectorCategoryKey: null,
    ConnectorKey,
    ConnectorMessages: messages([[displayKey, display], ...texts]),
    APIConfiguration: {
      kind: 'APIConfiguration',
      producerBufferSize: 100,
      connectorPoolingSupported: false,
      connectorPoolConfiguration: pool,
      resultsHandlerConfiguration: handlers,
      ConfigurationProperties: { kind: 'ConfigurationProperties', items: properties.map(property) },
      timeoutMap: emptyMap,
      SupportedOperations: setOf(
        Object.values(operationClasses)
          .flat()
          .map((value) => ({ kind: 'Class', value })),
      ),
      instanceName: null,
    },
  };
}

const emptyMap: Wire<'Map'> = { kind: 'Map', caseInsensitive: false, items: [] };

/** Hosts read these values and use none of them, because the connector is not pooled. */
const pool: Wire<'ObjectPoolConfiguration'> = {
  kind: 'ObjectPoolConfiguration',
  maxObjects: 10,
  maxIdle: 10,
  maxWait: 150_000n,
  minEvictableIdleTimeMillis: 120_000n,
  minIdle: 1,
  maxIdleTimeMillis: 0n,
};

/** The connector filters and selects by itself. A second filter behind it would shorten pages. */
const handlers: Wire<'ResultsHandlerConfiguration'> = {
  kind: 'ResultsHandlerConfiguration',
  enableNormalizingResultsHandler: false,
  enableFilteredResultsHandler: false,
  filteredResultsHandlerInValidationMode: false,
  enableCaseInsensitiveFilter: false,
  enableAttributesToGetSearchResultsHandler: false,
};

function property({
  confidential,
  initial,
  name,
  order,
  required,
  type,
}: ShownProperty): Wire<'ConfigurationProperty'> {
  const reference: ClassReference = type;
  return {
    kind: 'ConfigurationProperty',
    order,
    confidential,
    required,
    name,
    helpMessageKey: `${name}.help`,
    displayMessageKey: `${name}.display`,
    groupMessageKey: null,
    type: reference,
    value: valueOf(initial),
    operations: setOf([]),
  };
}

function valueOf(initial: ShownProperty['initial']): WireValue {
  if (typeof initial === 'string') return { kind: 'String', value: initial };
  if (typeof initial === 'number') return { kind: 'Integer', value: initial };
  return initial === null ? null : { kind: 'Boolean', value: initial };
}

/** Texts for every language. Java formats them, so quotes are doubled and braces quoted. */
function messages(texts: readonly (readonly [string, string])[]): Wire<'ConnectorMessages'> {
  const catalog = texts.map(([key, text]) => entry({ kind: 'String', value: key }, quoted(text)));
  const everywhere: WireValue = { kind: 'Locale', language: '', country: '', variant: '' };
  return {
    kind: 'ConnectorMessages',
    catalogs: { ...emptyMap, items: [entry(everywhere, { ...emptyMap, items: catalog })] },
  };
}

function quoted(text: string): WireValue {
  return { kind: 'String', value: text.replaceAll("'", "''").replaceAll(/[{}]/g, "'$&'") };
}

function entry(key: WireValue, value: WireValue): Wire<'MapEntry'> {
  return { kind: 'MapEntry', key, value };
}
