import { spawn } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from './temporary-folder.js';

/** The folder of this repository. */
export const repository = join(import.meta.dirname, '../..');

interface ToolOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What the tool reads from its standard input. */
  readonly input?: string;
}

interface ToolResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function runTool(
  command: string,
  args: readonly string[],
  { cwd, env, input = '' }: ToolOptions,
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
    // A tool may end before it has read what it is given.
    child.stdin.on('error', () => undefined).end(input);
  });
}

/** Runs a program that an npm package brings. */
export function runPackage(
  script: string,
  args: readonly string[],
  options: ToolOptions,
): Promise<ToolResult> {
  return runTool(process.execPath, [join(repository, 'node_modules', script), ...args], options);
}

/** A new folder with these files, in which the packages of this repository can be imported. */
export async function temporaryFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await makeFolder();
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}
