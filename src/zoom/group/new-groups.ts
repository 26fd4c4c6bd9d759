import { type Call, placeholderUid } from '../../connector/call.js';
import type { OperationContext } from '../../connector/context.js';
import type { FoundObject, ObjectKey } from '../../connector/object-class.js';
import type { Session } from '../../connector/session.js';
import { asObject, at, textAt } from '../json.js';
import { createGroup } from './calls.js';
import { toFoundGroup } from './read-groups.js';

/** Remembers the group an operation has made, for as long as the operation lasts: nobody is in it yet. */
export interface NewGroups {
  create(name: string): Call;
  /** The group with its empty lists, when it is the one this operation made, or in a dry run would make. */
  find(key: ObjectKey, session: Session): FoundObject | undefined;
}

/** Spares reading back what a group that was made a moment ago does not have. */
export function createNewGroups(): NewGroups {
  const made = new WeakMap<OperationContext, FoundObject>();
  return {
    create: (name) => ({
      ...createGroup(name),
      expect: (answer, { context }) => {
        const isEmpty = textAt(answer, 'id') !== undefined && at(answer, 'total_members') === 0;
        if (isEmpty) made.set(context, emptyGroup({ name, ...asObject(answer) }));
      },
    }),
    find: ({ nameHint: name, value }, { context }) => {
      if (value === placeholderUid && name !== undefined) return emptyGroup({ id: value, name });
      const group = made.get(context);
      return group?.uid === value ? group : undefined;
    },
  };
}

function emptyGroup(answer: unknown): FoundObject {
  const group = toFoundGroup(answer);
  return { ...group, records: new Map([...group.records, ['members', []], ['admins', []]]) };
}
