import type { AttributeInfo, AttributeType } from '../../connid/attribute.js';
import type { ObjectClassInfo, OperationName, Schema } from '../../connector/connector.js';
import type { ClassName, ClassReference, Wire, WireValue } from '../codec/wire-value.js';
import { setOf } from './objects.js';
import { optionNames, type OptionName } from './options.js';

/** ConnId's names of the operations. Hosts may call UpdateDelta, and Update with the methods that it comprises. */
export const operationClasses: Readonly<Record<OperationName, readonly ClassName[]>> = {
  schema: ['SchemaApiOp'],
  test: ['TestApiOp'],
  validate: ['ValidateApiOp'],
  search: ['SearchApiOp'],
  get: ['GetApiOp'],
  create: ['CreateApiOp'],
  updateDelta: ['UpdateApiOp', 'UpdateDeltaApiOp'],
  delete: ['DeleteApiOp'],
};

/** Operational attributes have primitive types in ConnId, although their values are objects. */
const primitives: Readonly<Record<string, ClassName>> = {
  __ENABLE__: 'boolean',
  __LAST_LOGIN_DATE__: 'long',
};

/** Options whose declared type differs from the type of their value. */
const optionTypes: Readonly<Record<string, ClassReference>> = { 'SortKey[]': 'SortKey' };

/** The schema as hosts read it. */
export function schemaForm({ objectClasses, operationOptions, operations }: Schema): Wire<'Schema'> {
  const options = Object.values(operationOptions).flat();
  const byName = new Map(options.map((option) => [option.name, option]));
  return {
    kind: 'Schema',
    ObjectClassInfos: setOf(objectClasses.map(objectClassInfo)),
    OperationOptionInfos: setOf([...byName.values()].map(optionInfo)),
    objectClassesByOperation: byOperation(operations, (names) => names.length > 0),
    optionsByOperation: byOperation(
      Object.fromEntries(
        Object.entries(operationOptions).map(([operation, infos]) => [operation, infos.map(optionName)]),
      ),
    ),
  };
}

function byOperation(
  names: Readonly<Record<string, readonly string[]>>,
  isListed: (names: readonly string[]) => boolean = () => true,
): Wire<'Map'> {
  const entries = Object.entries(names).filter(([, listed]) => isListed(listed));
  const items = entries.flatMap(([operation, listed]) =>
    operationClasses[operation as OperationName].map((value): Wire<'MapEntry'> => {
      const names = listed.map((name): WireValue => ({ kind: 'String', value: name }));
      return { kind: 'MapEntry', key: { kind: 'Class', value }, value: setOf(names) };
    }),
  );
  return { kind: 'Map', caseInsensitive: false, items };
}

function objectClassInfo(info: ObjectClassInfo): Wire<'ObjectClassInfo'> {
  const { auxiliary, container, description, embedded, name } = info;
  const AttributeInfos = setOf(info.attributes.map(attributeInfo));
  return { kind: 'ObjectClassInfo', type: name, container, auxiliary, embedded, AttributeInfos, description };
}

/**
 * An attribute of the schema. Hosts refuse a referenced class for attributes that contain the text of a uid, so it is
 * left out.
 */
function attributeInfo(info: AttributeInfo): Wire<'AttributeInfo'> {
  const { description, name, nativeName, subtype = null } = info;
  return {
    kind: 'AttributeInfo',
    name,
    type: Object.hasOwn(primitives, name) ? (primitives[name] ?? null) : classOf(info.type),
    items: flagsOf(info).map((value) => ({ kind: 'AttributeInfoFlag', value })),
    nativeName: nativeName === name ? null : nativeName,
    subtype,
    referencedObjectClassName: null,
    roleInReference: null,
    description,
  };
}

function classOf(type: AttributeType): ClassName {
  return type;
}

function flagsOf(info: AttributeInfo): readonly string[] {
  const flags: readonly (readonly [string, boolean])[] = [
    ['REQUIRED', info.required],
    ['MULTIVALUED', info.multiValued],
    ['NOT_CREATABLE', !info.creatable],
    ['NOT_UPDATEABLE', !info.updateable],
    ['NOT_READABLE', !info.readable],
    ['NOT_RETURNED_BY_DEFAULT', !info.returnedByDefault],
  ];
  return flags.filter(([, isSet]) => isSet).map(([flag]) => flag);
}

function optionInfo({ name, type }: { name: string; type: string }): Wire<'OperationOptionInfo'> {
  const declared = optionTypes[type] ?? (type as ClassReference);
  return { kind: 'OperationOptionInfo', name: optionName({ name }), type: declared };
}

function optionName({ name }: { readonly name: string }): string {
  return optionNames[name as OptionName];
}
