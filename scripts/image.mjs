// Shows without Docker that the Dockerfile works. It carries out the instructions of the file twice in folders, compares
// the results, and compares them with the bill of materials. Then it starts the result as a container would: as the
// image's user, without privileges, in a file system that nobody can write to, with a mounted configuration.
// The start needs Linux, root, and the commands unshare, nsenter, setpriv and ip. Without them it says so and ends well,
// unless it is called with --required.
//
//   npm run test:image
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareBuilds, comparePackages } from './image/compare.mjs';
import { missingForContainer, tryContainer } from './image/try-container.mjs';
import { carryOut } from './image/stages.mjs';
import { copyContext } from './image/tree.mjs';

const repository = fileURLToPath(new URL('../', import.meta.url));
const dockerfile = readFileSync(join(repository, 'Dockerfile'), 'utf8');

/** Builds in a folder of its own. The names differ in length, so that a path in a file would be found. */
async function build(folder, name) {
  const context = join(folder, name, 'context');
  mkdirSync(context, { recursive: true });
  copyContext(repository, context);
  return carryOut(dockerfile, { context, folder: join(folder, name) });
}

/** A file system in memory is much faster, if it has room for the packages of two builds. */
function temporaryFolder() {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 4 * 1024 ** 3 ? memory : tmpdir();
}

async function* checks(folder) {
  const image = await build(folder, 'first');
  yield* compareBuilds(image.root, (await build(folder, 'the-second')).root);
  yield* comparePackages(repository, image);
  const missing = missingForContainer();
  if (missing.length === 0) yield* tryContainer(image, folder);
  else {
    const problem = `The start as in a container needs ${missing.join(', ')}.`;
    if (process.argv.includes('--required')) yield { name: problem, ok: false };
    else console.log(`Skipped: ${problem}`);
  }
}

const folder = mkdtempSync(join(temporaryFolder(), 'image-'));
const count = { passed: 0, failed: 0 };
try {
  for await (const { name, ok, detail = '' } of checks(folder)) {
    count[ok ? 'passed' : 'failed'] += 1;
    console.log(`${ok ? 'ok' : 'not ok'} - ${name}${detail === '' ? '' : `: ${detail}`}`);
  }
} catch (error) {
  count.failed += 1;
  console.log(`not ok - ${error.message}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 ? 0 : 1;
