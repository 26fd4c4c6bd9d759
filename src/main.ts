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
  simulator [--config FILE]  run the Zoom simulator alone
  new-token NAME             make a bearer token for a caller, and the entry that admits it`;

const defaultFile = 'connector.json';

/** Each command answers the exit code of the process; serve and simulator answer when they are stopped. */
const commands: Readonly<Record<string, (argument: string | undefined, config: string) => Promise<number>>> =
  {
    serve: (_, config) => serveCommand(config),
    'check-config': (argument, config) => checkConfigCommand(argument ?? config),
    test: (argument, config) => testCommand(argument ?? config),
    simulator: (_, config) => simulatorCommand(config),
    'new-token': (argument) => newTokenCommand(argument),
  };

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { config: { type: 'string', default: defaultFile }, help: { type: 'boolean', default: false } },
  });
  const [name = 'serve', argument] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (values.help || command === undefined) {
    (values.help ? terminal.say : terminal.complain)(usage);
    return values.help ? 0 : 2;
  }
  return command(argument, values.config);
}

try {
  process.exitCode = await main();
} catch (thrown) {
  terminal.complain(thrown instanceof Error ? thrown.message : String(thrown));
  process.exitCode = 2;
}
