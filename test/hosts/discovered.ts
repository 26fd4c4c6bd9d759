import type { Wire, WireObject, WireValue } from '../../src/connid-server/codec/wire-value.js';
import { attributesOf } from '../connid-server/wire-values.js';
import { Host, type HostedService, startHosted } from '../connid-server/hosts/hosts.js';

/** A class as a host sees it: flags of the attributes by their names. */
export type ClassAttributes = ReadonlyMap<string, readonly string[]>;

/** The connector as a host finds it, with its schema. */
export interface Discovered {
  readonly service: HostedService;
  readonly host: Host;
  readonly key: Wire<'ConnectorKey'>;
  /** Java classes of the properties by their names. */
  readonly properties: ReadonlyMap<string, string>;
  readonly classes: ReadonlyMap<string, ClassAttributes>;
}

/** Java classes of properties as hosts show them. */
const javaClasses: Readonly<Record<string, string>> = {
  String: 'java.lang.String',
  Boolean: 'java.lang.Boolean',
  Integer: 'java.lang.Integer',
  GuardedString: 'org.identityconnectors.common.security.GuardedString',
  'String[]': '[Ljava.lang.String;',
};

/** Starts a service, and asks it what a host asks. */
export async function discover(): Promise<Discovered> {
  const service = await startHosted();
  const host = await Host.discover(service);
  const { APIConfiguration: api, ConnectorKey: key } = host.info;
  if (key === null) throw new Error('The connector has no key');
  const schema = (await host.result('SchemaApiOp', 'schema')) as Wire<'Schema'>;
  return {
    service,
    host,
    key,
    properties: new Map(wiresOf(api?.ConfigurationProperties?.items).map(readProperty)),
    classes: new Map(wiresOf(schema.ObjectClassInfos?.items).map(readClass)),
  };
}

function readProperty(item: WireObject): [string, string] {
  const { name, type } = item as Wire<'ConfigurationProperty'>;
  return [name ?? '', javaClasses[String(type)] ?? ''];
}

function readClass(item: WireObject): [string, ClassAttributes] {
  const { AttributeInfos: attributes, type } = item as Wire<'ObjectClassInfo'>;
  const flags = wiresOf(attributes?.items).map((each): [string, readonly string[]] => {
    const { items, name } = each as Wire<'AttributeInfo'>;
    return [name ?? '', items.map((flag) => flag.value ?? '')];
  });
  return [type ?? '', new Map(flags)];
}

/** The results of an operation, in the parts of its answer. */
export function resultsOf(messages: readonly WireObject[]): WireObject[] {
  const results = messages.flatMap((message) =>
    message.kind === 'OperationResponsePart' ? [message.result] : [],
  );
  return results.filter((result): result is WireObject => result !== null);
}

/** The objects among the results, with their values by attribute. */
export function objectsIn(messages: readonly WireObject[]): Record<string, unknown>[] {
  return resultsOf(messages)
    .filter(({ kind }) => kind === 'ConnectorObject')
    .map((object) => attributesOf(object));
}

function wiresOf(values: readonly WireValue[] = []): readonly WireObject[] {
  return values.filter((value): value is WireObject => value !== null);
}
