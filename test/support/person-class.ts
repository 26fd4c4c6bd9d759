import type { AttributeDeclaration, Values } from '../../src/connid/attribute.js';
import type { Candidate } from '../../src/connid/evaluate-filter.js';
import { ObjectClassView } from '../../src/connid/object-class-view.js';

const attributes: Readonly<Record<string, AttributeDeclaration>> = {
  __NAME__: {
    type: 'String',
    subtype: '__STRING_CASE_IGNORE__',
    description: 'Address.',
    required: true,
    clearable: false,
  },
  __ENABLE__: { type: 'Boolean', description: 'Active.', clearable: false },
  __PASSWORD__: { type: 'GuardedString', description: 'Password.', readable: false, clearable: false },
  CITY: { type: 'String', description: 'City.' },
  AGE: { type: 'Integer', description: 'Age.', allowedValues: [1, 2, 3] },
  TAGS: { type: 'String', multiValued: true, description: 'Tags.' },
  NUMBERS: {
    type: 'String',
    multiValued: true,
    canonical: (value) => value.replaceAll(/\D/g, ''),
    description: 'Phone numbers.',
  },
  BORN: { type: 'String', instant: true, description: 'Date of birth.' },
  SEEN: { type: 'Long', instant: true, description: 'Last seen, in milliseconds.' },
  SCORES: { type: 'Integer', multiValued: true, description: 'Scores.' },
  STATUS: { type: 'String', creatable: false, updateable: false, description: 'State.' },
};

/** A small object class with an attribute of every kind, for tests of the framework's model. */
export const personView = new ObjectClassView({
  name: 'Person',
  description: 'A person.',
  attributes,
  aliases: { EMAIL: '__NAME__', USER_ID: '__UID__', PASSWORD: '__PASSWORD__' },
  retired: { TOWN: 'Use CITY.' },
});

/** A person as filters see it. */
export function person(values: Readonly<Record<string, Values>>): Candidate {
  return {
    values: (name) => values[name],
    declarationOf: (name) => personView.declarationOf(name),
  };
}
