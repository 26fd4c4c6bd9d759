import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandOf, instructionsOf, variablesOf } from '../../scripts/image/dockerfile.mjs';
import { serviceOperations } from '../../src/server/operations/service-operations.js';
import { repository } from './run-tool.js';

/** What the Dockerfile and the sources say, with which the files for operators must agree. */
export function imageFacts() {
  const instructions = instructionsOf(readFileSync(join(repository, 'Dockerfile'), 'utf8'));
  const lastOf = (name: string): string => {
    const found = instructions.findLast((instruction) => instruction.name === name);
    if (found === undefined) throw new Error(`The Dockerfile has no ${name}`);
    return found.args;
  };
  const [, , configFile = ''] = commandOf(lastOf('CMD'));
  return {
    port: Number(lastOf('EXPOSE')),
    portSetting: Number(variablesOf(lastOf('ENV'))['CONNECTOR_SERVER__PORT']),
    healthCommand: lastOf('HEALTHCHECK'),
    user: Number(lastOf('USER').split(':')[0]),
    group: Number(lastOf('USER').split(':')[1]),
    configFile,
    configFolder: dirname(configFile),
    paths: serviceOperations.map(({ path }) => path),
  };
}
