// Runs the tests of several replicas: processes of the service that share a Redis and a simulated account. They take
// real time, some minutes, so `npm test` leaves them out.
// Needs `redis-server`. Without it, it says so and ends well; with REQUIRE_SHARED=1 it fails.
//
//   npm run test:replicas                     all
//   npm run test:replicas -- -t 'one token'   some
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './setup/build.mjs';
import { installIfNeeded } from './setup/install.mjs';

const repository = fileURLToPath(new URL('../', import.meta.url));

if (spawnSync('redis-server', ['--version']).status !== 0) {
  console.log('The tests of replicas are skipped: there is no redis-server.');
  process.exit(process.env['REQUIRE_SHARED'] === '1' ? 1 : 0);
}
await installIfNeeded(repository);
await buildIfNeeded(repository);
const options = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'];
const jest = ['node_modules/jest/bin/jest.js', '--testPathIgnorePatterns=/node_modules/', '--runInBand'];
const args = [...options, ...jest, ...process.argv.slice(2), '--', 'test/replicas'];
const { status } = spawnSync(process.execPath, args, { cwd: repository, stdio: 'inherit' });
process.exitCode = status ?? 1;
