// Writes the bill of materials of the image to standard output, in the CycloneDX format: every package that is there
// after "npm prune --omit=dev", from the lock file.
// npm takes it from a lock file without the packages for development, because "npm sbom --omit=dev" also leaves out
// packages that both the service and its development need.
//
//   npm run --silent sbom > sbom.json
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './setup/run.mjs';

const repository = fileURLToPath(new URL('../', import.meta.url));
const read = (name) => JSON.parse(readFileSync(join(repository, name), 'utf8'));

/** A manifest without what development needs. */
const withoutDevelopment = (manifest) => ({ ...manifest, devDependencies: {} });

const lock = read('package-lock.json');
const needed = Object.entries(lock.packages).filter(([, { dev = false }]) => !dev);
const packages = Object.fromEntries(
  needed.map(([path, entry]) => [path, path === '' ? withoutDevelopment(entry) : entry]),
);

const temporary = mkdtempSync(join(tmpdir(), 'sbom-'));
try {
  // npm calls the product of the bill by the name of its folder.
  const folder = join(temporary, lock.name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(withoutDevelopment(read('package.json'))));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'];
  const { code, output } = await runNpm(args, { cwd: folder, quiet: true });
  console.log(output.trimEnd());
  process.exitCode = code;
} finally {
  rmSync(temporary, { recursive: true });
}
