/**
 * Reads a Dockerfile.
 * @param {string} text
 * @returns {{ name: string, args: string }[]} the instructions in their order, each on one line
 */
export function instructionsOf(text) {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  return lines
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => {
      const [, name = '', args = ''] = /^\s*(\S+)\s+(.*?)\s*$/.exec(line) ?? [];
      return { name: name.toUpperCase(), args };
    });
}

/**
 * Reads what an instruction that takes a command in JSON form says.
 * @param {string} args
 * @returns {string[]}
 * @throws Error for the other form, which needs a shell
 */
export function commandOf(args) {
  if (!args.startsWith('[')) throw new Error(`Not a list in JSON: ${args}`);
  return JSON.parse(args);
}

/**
 * The variables of an ENV instruction. Their values contain no blanks.
 * @param {string} args
 * @returns {Record<string, string>}
 */
export function variablesOf(args) {
  return Object.fromEntries(
    args.split(/\s+/).map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new Error(`Not NAME=VALUE: ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/**
 * Makes the rule of a .dockerignore file that excludes everything and names what is sent to the builder.
 * @param {string} text
 * @returns {(path: string) => boolean} true for a file that is sent
 * @throws Error for any other kind of .dockerignore
 */
export function sentToBuilder(text) {
  const [first, ...rest] = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  const sent = rest.map((line) => /^!([\w./-]+)$/.exec(line)?.[1]);
  if (first !== '*' || sent.includes(undefined)) throw new Error('Not a list of what is sent: .dockerignore');
  return (path) => sent.some((name) => path === name || path.startsWith(`${name}/`));
}

/** The command of a HEALTHCHECK instruction, after its options. */
export function healthCommandOf(args) {
  return commandOf(args.replace(/^(--\S+\s+)*CMD\s+/, ''));
}
