// Uses old syntax, like the module it imports. Modules with newer syntax are loaded after the check.
import { requireNodeVersion } from './setup/node-version.mjs';

requireNodeVersion();
import('./setup/run-tests.mjs').then((module) => module.runTests(process.argv.slice(2)));
