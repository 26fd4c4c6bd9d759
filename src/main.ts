import { parseCommandLine, type CommandLine, type CommandName } from './cli/command-line.js';
import { terminal } from './cli/process.js';

const usage = `Usage: node dist/main.js [command]

  serve [--config FILE] [--examples]
                             run the service in the foreground (the default command and file: connector.json);
                             with --examples it prints commands to try even if its output is not a terminal
  check-config FILE          validate a configuration and report every problem
  print-config FILE [--json] show the settings in effect and where each comes from, without secrets
  test FILE [--connector NAME]
                             check that the configured target can be used, or those of all connectors
  simulator [--config FILE] [--port PORT]
                             run the Zoom simulator alone, by default on port 8081
  new-token NAME             make a bearer token for a caller, and its entry for the configuration
  import-properties FILE [--out FILE] [--force]
                             make a connector.json of the Java connector's .properties file, or of a resource of
                             midPoint as XML; what has changed its meaning goes to standard error`;

const defaultFile = 'connector.json';

/**
 * The commands. Each returns the exit code of the process; `serve` and `simulator` return when they are stopped.
 * Each loads its own modules only: those of the simulator would take memory for as long as the service runs.
 */
const commands: Readonly<Record<CommandName, (line: CommandLine) => Promise<number>>> = {
  serve: async ({ config = defaultFile, examples }) =>
    (await import('./cli/serve.js')).serveCommand(config, examples),
  'check-config': async ({ argument, config = defaultFile }) =>
    (await import('./cli/check-config.js')).checkConfigCommand(argument ?? config),
  'print-config': async ({ argument, config = defaultFile, json }) =>
    (await import('./cli/print-config.js')).printConfigCommand(argument ?? config, json),
  test: async ({ argument, config = defaultFile, connector }) =>
    (await import('./cli/test.js')).testCommand(argument ?? config, connector),
  simulator: async ({ config = defaultFile, port }) =>
    (await import('./cli/simulator.js')).simulatorCommand(config, port),
  'new-token': async ({ argument }) => (await import('./cli/new-token.js')).newTokenCommand(argument),
  'import-properties': async ({ argument, force = false, out }) =>
    (await import('./cli/import-properties.js')).importPropertiesCommand(argument, { file: out, force }),
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
