import type { AttributeDeclaration, AttributeInfo } from '../../connid/attribute.js';
import { optionInfos } from '../../connid/options.js';
import type { ObjectClassInfo, OperationName, Schema } from '../connector.js';
import { type ObjectClass, operationsOf } from '../object-class/object-class.js';
import { returnedByDefault } from '../object-class/reading.js';
import { type ConnectorSettings, type OperationParts, objectClassNamed } from './operation-parts.js';

const operationsOfNoClass = ['schema', 'test', 'validate'] as const;
const operationsOfClasses = ['search', 'get', 'create', 'updateDelta', 'delete'] as const;

/**
 * The schema, computed from the tables of the object classes and the configuration.
 * @param objectClassName - for the schema of one class only.
 */
export function schema(parts: OperationParts, objectClassName?: string): Schema {
  const { objectClasses, settings } = parts;
  const selected = objectClassName === undefined ? objectClasses : [objectClassNamed(parts, objectClassName)];
  const supporting = (operation: OperationName) =>
    selected
      .filter((objectClass) => operationsOf(objectClass).includes(operation))
      .map(({ view }) => view.name);
  const paging = settings.pagination ? optionInfos.paging : [];
  return {
    objectClasses: selected.map((objectClass) => objectClassInfo(objectClass, settings)),
    operations: Object.fromEntries([
      ...operationsOfNoClass.map((operation) => [operation, []]),
      ...operationsOfClasses.map((operation) => [operation, supporting(operation)]),
    ]) as Schema['operations'],
    operationOptions: {
      search: [...optionInfos.attributes, ...paging, ...optionInfos.search],
      get: optionInfos.attributes,
    },
  };
}

/** The schema of one object class. */
export function objectClassInfo(
  objectClass: ObjectClass,
  settings: Pick<ConnectorSettings, 'deepGet' | 'deepImport'>,
): ObjectClassInfo {
  const { view } = objectClass;
  const deep = settings.deepGet && settings.deepImport;
  const attributes = view.attributes().map(({ name, declaration }) => {
    const byDefault = name === '__NAME__' || returnedByDefault(objectClass.read.table, name, deep);
    return attributeInfo({ name, publicName: view.publicName(name) }, declaration, byDefault);
  });
  const { name, description } = view.declaration;
  return { name, description, container: false, auxiliary: false, embedded: false, attributes };
}

function attributeInfo(
  { name, publicName }: { readonly name: string; readonly publicName: string },
  declaration: AttributeDeclaration,
  byDefault: boolean,
): AttributeInfo {
  const {
    type,
    subtype,
    description,
    nativeName = name,
    referencedObjectClassName,
    allowedValues,
  } = declaration;
  const readable = declaration.readable !== false;
  return {
    name: publicName,
    nativeName,
    type,
    ...(subtype !== undefined && { subtype }),
    description,
    required: declaration.required === true,
    multiValued: declaration.multiValued === true,
    creatable: declaration.creatable !== false,
    updateable: declaration.updateable !== false,
    readable,
    returnedByDefault: readable && byDefault,
    ...(referencedObjectClassName !== undefined && { referencedObjectClassName }),
    ...(allowedValues !== undefined && { allowedValues }),
  };
}
