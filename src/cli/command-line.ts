import { parseArgs } from 'node:util';
import { nearestName } from '../connid/nearest-name.js';

/** The commands, with the argument and the options of each. */
const commandForms = {
  serve: { argument: undefined, options: ['config', 'examples'] },
  'check-config': { argument: 'FILE', options: ['config'] },
  'print-config': { argument: 'FILE', options: ['config', 'json'] },
  test: { argument: 'FILE', options: ['config', 'connector'] },
  simulator: { argument: undefined, options: ['config', 'port'] },
  'new-token': { argument: 'NAME', options: [] },
  'import-properties': { argument: 'FILE', options: ['out', 'force'] },
} as const satisfies Record<
  string,
  {
    argument: string | undefined;
    options: readonly ('config' | 'connector' | 'examples' | 'force' | 'json' | 'out' | 'port')[];
  }
>;

/** Name of a command. */
export type CommandName = keyof typeof commandForms;

/** A valid command line. */
export interface CommandLine {
  readonly command: CommandName;
  readonly argument: string | undefined;
  readonly config: string | undefined;
  readonly connector: string | undefined;
  readonly examples: boolean | undefined;
  readonly force: boolean | undefined;
  readonly json: boolean | undefined;
  readonly out: string | undefined;
  readonly port: string | undefined;
}

/** The result of reading a command line; `complaint` is a sentence. */
type ParsedCommandLine = CommandLine | { readonly help: true } | { readonly complaint: string };

/**
 * Reads a command line.
 *
 * Refuses surplus arguments: otherwise `serve production.json` would serve the default file.
 * @throws TypeError of Node.js, with a sentence, if an option is unknown or lacks its value.
 */
export function parseCommandLine(args: readonly string[]): ParsedCommandLine {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      connector: { type: 'string' },
      examples: { type: 'boolean' },
      force: { type: 'boolean' },
      json: { type: 'boolean' },
      out: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { help, ...options } = values;
  if (help === true) return { help };
  const [command = 'serve', ...rest] = positionals;
  if (!isCommand(command)) return { complaint: unknownCommand(command) };
  const complaint = excessOf(command, rest, Object.keys(options));
  if (complaint !== undefined) return { complaint };
  return {
    command,
    argument: rest[0],
    config: options.config,
    connector: options.connector,
    examples: options.examples,
    force: options.force,
    json: options.json,
    out: options.out,
    port: options.port,
  };
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandForms, name);
}

function unknownCommand(name: string): string {
  const near = nearestName(name, Object.keys(commandForms));
  return `There is no command "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`}`;
}

function excessOf(
  command: CommandName,
  rest: readonly string[],
  used: readonly string[],
): string | undefined {
  const { argument, options } = commandForms[command];
  const surplus = rest[argument === undefined ? 0 : 1];
  if (surplus !== undefined) {
    const remedy = (options as readonly string[]).includes('config')
      ? ' Name a file with --config FILE.'
      : '';
    return `The command ${command} does not take "${surplus}".${argument === undefined ? remedy : ''}`;
  }
  const unknown = used.find((name) => !(options as readonly string[]).includes(name));
  if (unknown !== undefined) return `The command ${command} does not take the option --${unknown}.`;
  if (rest[0] !== undefined && used.includes('config')) return 'The file is given twice.';
  return undefined;
}
