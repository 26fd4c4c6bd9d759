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
  readonly #attributes: readonly ResolvedName[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #byLowerName = new Map<string, ResolvedName>();
  /** All spellings, for suggestions after a typing error. */
  readonly #spellings: string[] = [];

  constructor(readonly declaration: ObjectClassDeclaration) {
    const names = Object.keys(declaration.attributes);
    this.#attributes = names.map((name) => ({ name, declaration: this.declarationOf(name) }));
    this.#positions = new Map(names.map((name, index) => [name, index]));
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
    return this.#attributes;
  }

  /** The place of an attribute among {@link attributes}. `__UID__` comes first. */
  positionOf(name: string): number {
    return this.#positions.get(name) ?? -1;
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

  /** As {@link resolve}; `undefined` for an unknown name. */
  find(typed: string): ResolvedName | undefined {
    return this.#byLowerName.get(typed.toLowerCase());
  }

  /**
   * Finds an attribute by its public name or the target's spelling, in any case.
   * @param place - where the request contains the name, such as "delta 2".
   * @throws ConnectorError `invalidAttributeValue` for an unknown name; the hint names the most similar one. The message
   * repeats a name only if it resembles a known one: any other may be a secret in the wrong place.
   */
  resolve(typed: string, place: string): ResolvedName {
    const found = this.find(typed);
    if (found !== undefined) return found;
    const retired = this.declaration.retired?.[typed.toUpperCase()];
    const near = nearestName(typed, this.#spellings);
    const advice = retired ?? (near === undefined ? undefined : `Did you mean ${near}?`);
    const which = advice === undefined ? `with the name in ${place}` : `"${typed}"`;
    throw new ConnectorError('invalidAttributeValue', `${this.name} has no attribute ${which}.`, {
      hint: advice ?? 'The schema contains the names of all attributes.',
    });
  }
}

/** An error in a configured name of an attribute. */
interface RenamingProblem {
  /** Absent if no attribute has the name or one that resembles it: it may be a secret in the wrong place. */
  readonly attribute?: string;
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
  const classes = declarations.map((declaration) => ({
    declaration,
    meanings: meaningsOf(declaration, renamed),
  }));
  const known = new Set(declarations.flatMap(({ attributes }) => Object.keys(attributes)));
  return Object.entries(renamed).flatMap(([attribute, name], index) => {
    if (!known.has(attribute)) return [unknownName(attribute, index, known)];
    return classes
      .filter(({ declaration }) => Object.hasOwn(declaration.attributes, attribute))
      .filter(({ meanings }) => meanings.get(name.toLowerCase())?.some((other) => other !== attribute))
      .map(({ declaration }) => ({
        attribute,
        message: `The name ${name} already means another attribute of ${declaration.name}.`,
      }));
  });
}

/** Lower-case spelling → the attributes of an object class that it means, by declared names. */
function meaningsOf(
  { aliases, attributes }: ObjectClassDeclaration,
  renamed: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly string[]> {
  const names = Object.keys(attributes).map((name) => [renamed[name] ?? name, name] as const);
  const meanings = new Map<string, string[]>();
  for (const [spelling, name] of [['__UID__', '__UID__'] as const, ...Object.entries(aliases), ...names]) {
    const key = spelling.toLowerCase();
    meanings.set(key, [...(meanings.get(key) ?? []), name]);
  }
  return meanings;
}

function unknownName(attribute: string, index: number, known: ReadonlySet<string>): RenamingProblem {
  const near = nearestName(attribute, known);
  if (near === undefined)
    return { message: `No object class has the attribute that member ${index + 1} names.` };
  return { attribute, message: `No object class has an attribute ${attribute}. Did you mean ${near}?` };
}
