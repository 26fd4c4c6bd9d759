import { configErrorText } from '../config/advice.js';
import { loadConfig } from '../config/load-config.js';
import { ConnectorError, toConnectorError } from '../connid/errors.js';
import { createSimulator, type Simulator } from '../simulator/simulator.js';
import { stopped, terminal } from './process.js';
import { simulatorOptions } from './target.js';

/** The simulator's default port, one above the service's. */
const defaultPort = '8081';

/**
 * `simulator`: runs the Zoom simulator alone until a signal stops it.
 * @param portText - the port as a number; 0 selects a free port.
 * @returns the exit code.
 */
export async function simulatorCommand(file: string, portText: string = defaultPort): Promise<number> {
  if (!/^\d{1,5}$/.test(portText) || Number(portText) > 65_535) {
    terminal.complain('The port of the simulator is a number from 0, for any free one, to 65535.');
    return 2;
  }
  try {
    const { config } = await loadConfig({ file, env: process.env });
    const simulator = createSimulator(simulatorOptions(config));
    const host = config.simulator.allowRemote ? config.server.host : '127.0.0.1';
    const { url } = await listen(simulator, host, Number(portText));
    const end = stopped();
    const { accountId, clientId, clientSecret, scimToken } = simulator.credentials;
    terminal.say(`The Zoom simulator is listening on ${url} with ${config.simulator.users} users.`);
    terminal.say(`Account ${accountId}, client id ${clientId}, client secret ${clientSecret}.`);
    terminal.say(`Token for SCIM alone: ${scimToken}.`);
    const { exitCode } = await end;
    await simulator.close();
    return exitCode;
  } catch (thrown) {
    terminal.complain(configErrorText(toConnectorError(thrown)));
    return 1;
  }
}

async function listen(simulator: Simulator, host: string, port: number): Promise<{ readonly url: string }> {
  try {
    return await simulator.listen({ host, port });
  } catch (cause) {
    const isTaken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const problem = isTaken
      ? `Port ${port} of ${host} is in use: stop the program that uses it, or choose another with --port.`
      : `The simulator cannot listen on port ${port} of ${host}: choose another with --port.`;
    throw new ConnectorError('configuration', problem, { cause });
  }
}
