import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** One import of a module, type imports included. */
interface Import {
  /** A path relative to the repository for the project's own modules, else as it is written. */
  readonly target: string;
  readonly isOwn: boolean;
  /** True if the module is loaded together with the file: neither for its types only, nor when a call needs it. */
  readonly isLoaded: boolean;
}

/** A function with a body, wherever it stands. */
interface MeasuredFunction {
  readonly where: string;
  readonly lines: number;
}

/** A source file, parsed. */
export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly functions: readonly MeasuredFunction[];
}

/** All source files below a directory of the repository; declarations of types are none. */
export function sourceFiles(directory: string): SourceFile[] {
  return readdirSync(join(repository, directory), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.m?[jt]s$/.test(entry.name) && !/\.d\.m?ts$/.test(entry.name))
    .map((entry) => parse(join(entry.parentPath, entry.name)));
}

function parse(file: string): SourceFile {
  const path = relative(repository, file).replaceAll('\\', '/');
  const text = readFileSync(file, 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const functions: MeasuredFunction[] = [];
  const visit = (node: ts.Node): void => {
    const found = importOf(node, path);
    if (found !== undefined) imports.push(found);
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      functions.push(measure(node, tree, path));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path, lines: text.split('\n').length - 1, imports, functions };
}

function importOf(node: ts.Node, from: string): Import | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return toImport(node.moduleSpecifier.text, from, !isOfTypes(node.importClause));
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return toImport(node.moduleSpecifier.text, from, !node.isTypeOnly);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return argument && ts.isStringLiteral(argument) ? toImport(argument.text, from, false) : undefined;
  }
  return undefined;
}

/** True for an import that the compiler leaves out, because it names types only. */
function isOfTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function toImport(specifier: string, from: string, isLoaded: boolean): Import {
  const isOwn = specifier.startsWith('.');
  const target = isOwn ? normalize(join(dirname(from), specifier)).replaceAll('\\', '/') : specifier;
  return { target: isOwn ? target.replace(/\.js$/, '.ts') : target, isOwn, isLoaded };
}

function measure(node: ts.SignatureDeclaration, tree: ts.SourceFile, path: string): MeasuredFunction {
  const first = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
  const last = tree.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
  return { where: `${path}:${first}`, lines: last - first + 1 };
}
