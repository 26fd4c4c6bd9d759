import { type Call, placeholderUid } from '../../connector/object-class/call.js';
import type { OperationContext } from '../../connector/context.js';
import type { FoundObject, ObjectKey } from '../../connector/object-class/object-class.js';
import type { Session } from '../../connector/session.js';
import { asObject, at, textAt } from '../kit/json.js';
import { type NameField, toFoundGroup } from './read-groups.js';

/** Remembers the group an operation has made, for as long as the operation lasts: nobody is in it yet. */
interface NewGroups {
  /** The call that makes a group of that name; what it makes is noted. */
  create(name: string, call: Call): Call;
  /** The group with its empty lists, when it is the one this operation made, or in a dry run would make. */
  find(key: ObjectKey, session: Session): FoundObject | undefined;
}

/** Spares reading back what a group that was made a moment ago does not have. */
export function createNewGroups(nameField: NameField): NewGroups {
  const made = new WeakMap<OperationContext, FoundObject>();
  const empty = (row: unknown): FoundObject => {
    const group = toFoundGroup(row, nameField);
    return { ...group, records: new Map([...group.records, ['members', []], ['admins', []]]) };
  };
  return {
    create: (name, call) => {
      const { isOurs, watched } = watchLooks(call);
      return {
        ...watched,
        expect: (answer, { context }) => {
          const isEmpty = isOurs() || at(answer, 'total_members') === 0;
          if (!isEmpty || textAt(answer, 'id') === undefined) return;
          made.set(context, empty({ [nameField]: name, ...asObject(answer) }));
        },
      };
    },
    find: ({ nameHint: name, value }, { context }) => {
      if (value === placeholderUid && name !== undefined) return empty({ id: value, [nameField]: name });
      const group = made.get(context);
      return group?.uid === value ? group : undefined;
    },
  };
}

/** A group that was found after a lost answer may be one that somebody else made and filled. */
function watchLooks(call: Call): { readonly watched: Call; readonly isOurs: () => boolean } {
  const { lookFirst } = call;
  let looked = false;
  const look = (session: Session): Promise<unknown> => {
    looked = true;
    return lookFirst?.(session) ?? Promise.resolve(undefined);
  };
  return { watched: { ...call, ...(lookFirst !== undefined && { lookFirst: look }) }, isOurs: () => !looked };
}
