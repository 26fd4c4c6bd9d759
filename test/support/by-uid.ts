/** Objects in the order of their uids: a search without paging and sorting gives them in no particular order. */
export function byUid<T extends { readonly uid: string }>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((left, right) => (left.uid < right.uid ? -1 : 1));
}
