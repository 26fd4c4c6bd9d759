import { configErrorText } from '../config/commands.js';
import { loadConfig } from '../config/load-config.js';
import { toConnectorError } from '../connid/errors.js';
import { createSimulator } from '../simulator/simulator.js';
import { stopped } from './signals.js';
import { simulatorOptions } from './target.js';
import { terminal } from './terminal.js';

/** Where the simulator listens when it runs alone; the service has the port before it. */
const port = 8081;

/** `simulator`: runs the Zoom simulator alone until it is told to stop. @returns the exit code. */
export async function simulatorCommand(file: string): Promise<number> {
  try {
    const { config } = await loadConfig({ file, env: process.env });
    const simulator = createSimulator(simulatorOptions(config));
    const host = config.simulator.allowRemote ? config.server.host : '127.0.0.1';
    const { url } = await simulator.listen({ host, port });
    const { accountId, clientId, clientSecret } = simulator.credentials;
    terminal.say(`The Zoom simulator is listening on ${url} with ${config.simulator.users} users.`);
    terminal.say(`Account ${accountId}, client id ${clientId}, client secret ${clientSecret}.`);
    await stopped();
    await simulator.close();
    return 0;
  } catch (thrown) {
    terminal.complain(configErrorText(toConnectorError(thrown)));
    return 1;
  }
}
