import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfNeeded } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { stoppedCode } from './stopped.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Installs and builds what is missing, then becomes `node dist/main.js COMMAND`.
 * The command runs in this very process, so signals and exit codes need no forwarding.
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
