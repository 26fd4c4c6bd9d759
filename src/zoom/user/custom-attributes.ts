import type { AttributeDeclaration, Values } from '../../connid/attribute.js';
import type { Reader } from '../../connector/reading.js';
import type { Binding } from '../binding.js';
import { asList, asObject, textAt } from '../json.js';
import { userAttributes } from './attributes.js';
import { userRestBindings } from './rest-bindings.js';

/** A custom attribute of the Zoom account and the name under which it is exposed. */
export interface CustomAttribute {
  /** Display name in Zoom. */
  readonly name: string;
  /** Attribute name here, `CUSTOM_…`. */
  readonly attribute: string;
}

/** The user's attribute and binding tables with a row for each custom attribute. */
export interface UserTables {
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  readonly bindings: Readonly<Record<string, Binding<string, string>>>;
  /** What the list has to be asked for so that its rows carry custom attributes. */
  readonly includeFields?: string;
}

/** Extends the user's tables. Custom attributes are read from list rows and the single user alike. */
export function withCustomAttributes(custom: readonly CustomAttribute[]): UserTables {
  if (custom.length === 0) return { attributes: userAttributes, bindings: userRestBindings };
  const attributes = custom.map(({ name, attribute }): [string, AttributeDeclaration] => [
    attribute,
    {
      type: 'String',
      creatable: false,
      updateable: false,
      description: `Custom attribute "${name}" of Zoom.`,
    },
  ]);
  const bindings = custom.map(({ name, attribute }): [string, Binding<string, string>] => {
    const reader = customReader(name);
    return [attribute, { read: { user: reader, userList: reader } }];
  });
  return {
    attributes: { ...userAttributes, ...Object.fromEntries(attributes) },
    bindings: { ...userRestBindings, ...Object.fromEntries(bindings) },
    includeFields: 'custom_attributes',
  };
}

function customReader(name: string): Reader {
  return (record): Values => {
    const entry = asList(asObject(record)['custom_attributes']).find((item) => textAt(item, 'name') === name);
    const value = textAt(entry, 'value');
    return value === undefined ? [] : [value];
  };
}
