import { parseArgs } from 'node:util';
import { checkConfigCommand } from './cli/check-config.js';
import { newTokenCommand } from './cli/new-token.js';
import { serveCommand } from './cli/serve.js';
import { simulatorCommand } from './cli/simulator.js';
import { terminal } from './cli/terminal.js';
import { testCommand } from './cli/test.js';

const usage = `Usage: node dist/main.js [command]

  serve [--config FILE]      run the service in the foreground (the default command and file: connector.json)
  check-config FILE          validate a configuration and report every problem
  test FILE                  check that the configured target can be used
  simulator [--config FILE] [--port PORT]
                             run the Zoom simulator alone, on port 8081 unless told otherwise
  new-token NAME             make a bearer token for a caller, and the entry that admits it`;

const defaultFile = 'connector.json';

/** What the command line says beyond the command. */
interface Given {
  readonly argument: string | undefined;
  readonly config: string;
  readonly port: string | undefined;
}

/** Each command answers the exit code of the process; serve and simulator answer when they are stopped. */
const commands: Readonly<Record<string, (given: Given) => Promise<number>>> = {
  serve: ({ config }) => serveCommand(config),
  'check-config': ({ argument, config }) => checkConfigCommand(argument ?? config),
  test: ({ argument, config }) => testCommand(argument ?? config),
  simulator: ({ config, port }) => simulatorCommand(config, port),
  'new-token': ({ argument }) => newTokenCommand(argument),
};

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      config: { type: 'string', default: defaultFile },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [name = 'serve', argument] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (values.help || command === undefined) {
    (values.help ? terminal.say : terminal.complain)(usage);
    return values.help ? 0 : 2;
  }
  return command({ argument, config: values.config, port: values.port });
}

try {
  process.exitCode = await main();
} catch (thrown) {
  terminal.complain(thrown instanceof Error ? thrown.message : String(thrown));
  process.exitCode = 2;
}
