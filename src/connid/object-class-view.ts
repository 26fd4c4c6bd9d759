import type { AttributeDeclaration } from './attribute.js';
import { ConnectorError } from './errors.js';
import { nearestName } from './nearest-name.js';

/** What an object class declares to the framework. `__NAME__` is among its attributes, `__UID__` is not. */
interface ObjectClassDeclaration {
  readonly name: string;
  readonly description: string;
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  /** Native spellings accepted wherever an attribute name is expected: spelling → attribute name. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Names of old versions that are refused, with the words that say what to use instead. */
  readonly retired?: Readonly<Record<string, string>>;
  /** Names to show instead of the declared ones: declared name → shown name. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/** An attribute name resolved: the declared name and its declaration. */
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

/** The attribute names of one object class: finds them whatever their case, shows them in schema spelling. */
export class ObjectClassView {
  readonly #byLowerName = new Map<string, ResolvedName>();
  /** All spellings: what to look through for what somebody may have meant. */
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

  /** All attributes but `__UID__`: declared name and declaration. */
  attributes(): readonly ResolvedName[] {
    return Object.entries(this.declaration.attributes).map(([name, declaration]) => ({ name, declaration }));
  }

  /** The name as the caller knows it. */
  publicName(name: string): string {
    return this.declaration.renamed?.[name] ?? name;
  }

  /** Declaration of an attribute by its declared name; `__UID__` included. */
  declarationOf(name: string): AttributeDeclaration {
    const declaration = name === '__UID__' ? uidDeclaration : this.declaration.attributes[name];
    if (declaration === undefined) throw new Error(`${this.name} declares no attribute ${name}`);
    return declaration;
  }

  /**
   * Finds an attribute by any spelling: case does not matter, native spellings are accepted.
   * @throws ConnectorError `invalidAttributeValue` for a name the schema does not know, with the nearest one.
   */
  resolve(typed: string): ResolvedName {
    const found = this.#byLowerName.get(typed.toLowerCase());
    if (found !== undefined) return found;
    const retired = this.declaration.retired?.[typed.toUpperCase()];
    const near = nearestName(typed, this.#spellings);
    const advice = retired ?? (near === undefined ? undefined : `Did you mean ${near}?`);
    throw new ConnectorError(
      'invalidAttributeValue',
      `${this.name} has no attribute "${typed}".`,
      advice === undefined ? {} : { hint: advice },
    );
  }
}

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
