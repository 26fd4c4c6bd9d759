import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const folder = 'docs/benchmarks';

/** Writes a document or a plot below `docs/benchmarks`, formatted like the rest of the project. */
export async function writeReport(name: string, text: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  const formatted = name.endsWith('.md')
    ? await format(text, { ...(await resolveConfig(path)), filepath: path })
    : text;
  writeFileSync(path, formatted);
  process.stdout.write(`wrote ${path}\n`);
}
