// Keeps to old syntax like the module it imports; everything newer is loaded after the check.
import { requireNodeVersion } from './setup/node-version.mjs';

requireNodeVersion();
import('./setup/start-service.mjs').then((module) =>
  module.startCommand('serve', ['--examples', ...process.argv.slice(2)]),
);
