/** A delta that replaces the values of an attribute. */
export function replace(
  name: string,
  ...valuesToReplace: readonly unknown[]
): { readonly name: string; readonly valuesToReplace: readonly unknown[] } {
  return { name, valuesToReplace };
}
