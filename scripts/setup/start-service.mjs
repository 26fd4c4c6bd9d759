import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfNeeded } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { stoppedCode } from './stopped.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Installs dependencies and builds, if necessary, then runs `node dist/main.js COMMAND` in this process. So we need not
 * forward signals and exit codes.
 */
export async function startCommand(command, args) {
  const code = await stoppedCode(prepare);
  if (code !== 0) process.exit(code);
  const main = join(root, 'dist', 'main.js');
  process.argv = [process.execPath, main, command, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(main).href);
}

async function prepare() {
  await installIfNeeded(root);
  await buildIfNeeded(root);
}
