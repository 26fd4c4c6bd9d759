import { once } from 'node:events';
import type { Server } from 'node:net';
import { ConnectorError, errorCode } from '../../connid/errors.js';

/** The address of a server, and the group of settings that contains it. */
export interface Address {
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
  readonly settings: 'server' | 'connectorServer';
}

/**
 * Lets a server listen.
 * @throws ConnectorError of kind `configuration`, one sentence, if the address cannot be used.
 */
export async function bind(server: Server, address: Address): Promise<void> {
  const { host, port } = address;
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new ConnectorError('configuration', bindFailure(cause, address), { cause });
  }
}

function bindFailure(cause: unknown, { host, port, settings }: Address): string {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use: stop the program that uses it, or choose another with ${settings}.port.`;
    case 'EACCES':
      return `Port ${port} of ${host} needs rights this process does not have: choose one above 1023 with ${settings}.port.`;
    default:
      return `The service cannot listen on port ${port} of ${host}${errorCode(cause)}: check ${settings}.host and ${settings}.port.`;
  }
}
