import { checkConfigCommand } from './cli/check-config.js';
import { parseCommandLine, type CommandLine, type CommandName } from './cli/command-line.js';
import { newTokenCommand } from './cli/new-token.js';
import { printConfigCommand } from './cli/print-config.js';
import { serveCommand } from './cli/serve.js';
import { simulatorCommand } from './cli/simulator.js';
import { terminal } from './cli/process.js';
import { testCommand } from './cli/test.js';

const usage = `Usage: node dist/main.js [command]

  serve [--config FILE] [--examples]
                             run the service in the foreground (the default command and file: connector.json);
                             with --examples it prints commands to try even if its output is not a terminal
  check-config FILE          validate a configuration and report every problem
  print-config FILE [--json] show the settings in effect and where each comes from, without secrets
  test FILE                  check that the configured target can be used
  simulator [--config FILE] [--port PORT]
                             run the Zoom simulator alone, by default on port 8081
  new-token NAME             make a bearer token for a caller, and its entry for the configuration
  import-properties FILE [--out FILE] [--force]
                             make a connector.json of the Java connector's .properties file, or of a resource of
                             midPoint as XML; what has changed its meaning goes to standard error`;

const defaultFile = 'connector.json';

/** The commands. Each returns the exit code of the process; `serve` and `simulator` return when they are stopped. */
const commands: Readonly<Record<CommandName, (line: CommandLine) => Promise<number>>> = {
  serve: ({ config = defaultFile, examples }) => serveCommand(config, examples),
  'check-config': ({ argument, config = defaultFile }) => checkConfigCommand(argument ?? config),
  'print-config': ({ argument, config = defaultFile, json }) => printConfigCommand(argument ?? config, json),
  test: ({ argument, config = defaultFile }) => testCommand(argument ?? config),
  simulator: ({ config = defaultFile, port }) => simulatorCommand(config, port),
  'new-token': ({ argument }) => newTokenCommand(argument),
  // Its parsers are loaded by no other command.
  'import-properties': async ({ argument, force = false, out }) => {
    const { importPropertiesCommand } = await import('./cli/import-properties.js');
    return importPropertiesCommand(argument, { file: out, force });
  },
};

async function main(): Promise<number> {
  const line = parseCommandLine(process.argv.slice(2));
  if ('complaint' in line) {
    terminal.complain(`${line.complaint}\n\n${usage}`);
    return 2;
  }
  if ('help' in line) {
    terminal.say(usage);
    return 0;
  }
  return commands[line.command](line);
}

try {
  process.exitCode = await main();
} catch (thrown) {
  terminal.complain(thrown instanceof Error ? thrown.message : String(thrown));
  process.exitCode = 2;
}
