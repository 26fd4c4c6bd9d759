import { spawn } from 'node:child_process';

/** Variables that a build may take from its surroundings: programs, and the way to the registry of packages. */
const passed =
  /^(path|home|npm_config_(registry|cache|userconfig|cafile)|node_extra_ca_certs|(https?|no)_proxy)$/i;

/**
 * Runs a command of a build with few variables of this process, so that its result depends on nothing else.
 * @param {string} command - for `sh`
 * @param {{ cwd: string, env: Record<string, string> }} options
 * @throws Error with the output if the command fails
 */
export async function runShell(command, { cwd, env }) {
  const outside = Object.entries(process.env).filter(([name]) => passed.test(name));
  const started = collect('sh', ['-c', `umask 022 && ${command}`], {
    cwd,
    env: { ...Object.fromEntries(outside), ...env },
  });
  const { code, output } = await started;
  if (code !== 0) throw new Error(`"${command}" ended with ${code}:\n${output}`);
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number, output: string }>} with standard output and standard error
 */
export function collect(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
