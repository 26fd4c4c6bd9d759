import type { AttributeDeclaration } from './attribute.js';
import { ConnectorError } from './errors.js';
import { nearestName } from './nearest-name.js';

/** The declaration of an object class to the framework. Its attributes include `__NAME__` but not `__UID__`. */
interface ObjectClassDeclaration {
  readonly name: string;
  readonly description: string;
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  /** The target's spellings, accepted wherever an attribute name is expected: spelling → attribute name. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Names of earlier versions, now refused: name → sentence that names the replacement. */
  readonly retired?: Readonly<Record<string, string>>;
  /** Public names chosen in the configuration: declared name → public name. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/** The declared name of an attribute, and its declaration. */
interface ResolvedName {
  readonly name: string;
  readonly declaration: AttributeDeclaration;
}

const uidDeclaration: AttributeDeclaration = {
  type: 'String',
  description: 'Unique identifier.',
  creatable: false,
  updateable: false,
};

/** The attribute names of one object class. Finds attributes in any case, and returns the spelling of the schema. */
export class ObjectClassView {
  readonly #byLowerName = new Map<string, ResolvedName>();
  /** All spellings, for suggestions after a typing error. */
  readonly #spellings: string[] = [];

  constructor(readonly declaration: ObjectClassDeclaration) {
    const uid = { name: '__UID__', declaration: uidDeclaration };
    this.#byLowerName.set('__uid__', uid);
    for (const [name, attribute] of Object.entries(declaration.attributes)) {
      const spelling = this.publicName(name);
      this.#spellings.push(spelling);
      this.#byLowerName.set(spelling.toLowerCase(), { name, declaration: attribute });
    }
    for (const [alias, name] of Object.entries(declaration.aliases)) {
      const resolved = this.#byLowerName.get(this.publicName(name).toLowerCase());
      if (resolved === undefined) continue;
      this.#byLowerName.set(alias.toLowerCase(), resolved);
      this.#spellings.push(alias);
    }
  }

  get name(): string {
    return this.declaration.name;
  }

  /** All attributes except `__UID__`. */
  attributes(): readonly ResolvedName[] {
    return Object.entries(this.declaration.attributes).map(([name, declaration]) => ({ name, declaration }));
  }

  /** The attribute's name for callers, from its declared name. */
  publicName(name: string): string {
    return this.declaration.renamed?.[name] ?? name;
  }

  /** The declaration of an attribute by its declared name, `__UID__` included. */
  declarationOf(name: string): AttributeDeclaration {
    const declaration = name === '__UID__' ? uidDeclaration : this.declaration.attributes[name];
    if (declaration === undefined) throw new Error(`${this.name} declares no attribute ${name}`);
    return declaration;
  }

  /**
   * Finds an attribute by its public name or the target's spelling, in any case.
   * @param place - where the request contains the name, such as "delta 2".
   * @throws ConnectorError `invalidAttributeValue` for an unknown name; the hint names the most similar one. The message
   * repeats a name only if it resembles a known one: any other may be a secret in the wrong place.
   */
  resolve(typed: string, place: string): ResolvedName {
    const found = this.#byLowerName.get(typed.toLowerCase());
    if (found !== undefined) return found;
    const retired = this.declaration.retired?.[typed.toUpperCase()];
    const near = nearestName(typed, this.#spellings);
    const advice = retired ?? (near === undefined ? undefined : `Did you mean ${near}?`);
    throw advice === undefined
      ? new ConnectorError(
          'invalidAttributeValue',
          `${this.name} has no attribute with the name in ${place}.`,
          {
            hint: 'The schema contains the names of all attributes.',
          },
        )
      : new ConnectorError('invalidAttributeValue', `${this.name} has no attribute "${typed}".`, {
          hint: advice,
        });
  }
}

/** An error in a configured name of an attribute. */
interface RenamingProblem {
  readonly attribute: string;
  readonly message: string;
}

/**
 * Checks configured names: each must belong to an attribute of some object class, and must not hide another attribute.
 * @param renamed - declared name → public name.
 */
export function renamingProblems(
  renamed: Readonly<Record<string, string>>,
  declarations: readonly ObjectClassDeclaration[],
): readonly RenamingProblem[] {
  return Object.entries(renamed).flatMap(([attribute, name]) => {
    const declaring = declarations.filter((declaration) => Object.hasOwn(declaration.attributes, attribute));
    if (declaring.length === 0) return [{ attribute, message: unknownName(attribute, declarations) }];
    return declaring
      .filter((declaration) => isTaken(attribute, name, declaration, renamed))
      .map((declaration) => ({
        attribute,
        message: `The name ${name} already means another attribute of ${declaration.name}.`,
      }));
  });
}

function unknownName(attribute: string, declarations: readonly ObjectClassDeclaration[]): string {
  const known = new Set(declarations.flatMap((declaration) => Object.keys(declaration.attributes)));
  const near = nearestName(attribute, known);
  const sentence = `No object class has an attribute ${attribute}.`;
  return near === undefined ? sentence : `${sentence} Did you mean ${near}?`;
}

/** True if the name is the public name or another spelling of a different attribute of the object class. */
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
