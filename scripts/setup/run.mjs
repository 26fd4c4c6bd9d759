import { spawn } from 'node:child_process';

/**
 * Runs a program of this repository's tool chain with this Node.js and waits for its end.
 * @param {readonly string[]} args - script and arguments
 * @param {{ cwd: string, quiet?: boolean, env?: Record<string, string> }} options - `quiet` collects the output instead
 * of printing it; `env` adds environment variables
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

/** Runs the npm that started this process, otherwise the npm on the path. */
export function runNpm(args, options) {
  const started = process.env.npm_execpath;
  if (started !== undefined && /\.c?js$/.test(started)) return runNode([started, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

function run(command, args, { cwd, env = {}, quiet = false, shell = false }) {
  return new Promise((resolve) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, shell, stdio });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
