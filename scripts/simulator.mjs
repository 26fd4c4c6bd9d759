// Uses old syntax, like the module it imports. Modules with newer syntax are loaded after the check.
import { requireNodeVersion } from './setup/node-version.mjs';

requireNodeVersion();
import('./setup/start-service.mjs').then((module) => module.startCommand('simulator', process.argv.slice(2)));
