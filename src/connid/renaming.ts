import type { ObjectClassDeclaration } from './object-class-view.js';
import { nearestName } from './nearest-name.js';

/** What is wrong with the new name of an attribute. */
interface RenamingProblem {
  readonly attribute: string;
  readonly message: string;
}

/**
 * Finds new names that nobody would get to see, and those that would hide another attribute.
 * @param renamed - declared name → name to be shown.
 */
export function renamingProblems(
  renamed: Readonly<Record<string, string>>,
  declarations: readonly ObjectClassDeclaration[],
): readonly RenamingProblem[] {
  return Object.entries(renamed).flatMap(([attribute, name]) => {
    const concerned = declarations.filter((declaration) => Object.hasOwn(declaration.attributes, attribute));
    if (concerned.length === 0) return [{ attribute, message: unknownName(attribute, declarations) }];
    return concerned
      .filter((declaration) => isTaken(attribute, name, declaration, renamed))
      .map((declaration) => ({
        attribute,
        message: `The name ${name} means another attribute of ${declaration.name} already.`,
      }));
  });
}

function unknownName(attribute: string, declarations: readonly ObjectClassDeclaration[]): string {
  const known = new Set(declarations.flatMap((declaration) => Object.keys(declaration.attributes)));
  const near = nearestName(attribute, known);
  const sentence = `No object class has an attribute ${attribute}.`;
  return near === undefined ? sentence : `${sentence} Did you mean ${near}?`;
}

/** Whether the name is shown for, or is another spelling of, a different attribute of the object class. */
function isTaken(
  attribute: string,
  name: string,
  { aliases, attributes }: ObjectClassDeclaration,
  renamed: Readonly<Record<string, string>>,
): boolean {
  const others = Object.keys(attributes).filter((other) => other !== attribute);
  const spellings = Object.keys(aliases).filter((alias) => aliases[alias] !== attribute);
  const taken = ['__UID__', ...spellings, ...others.map((other) => renamed[other] ?? other)];
  return taken.some((other) => other.toLowerCase() === name.toLowerCase());
}
