// Lets real hosts of ConnId's framework call the service with its simulator: each version over TCP and over TLS. Then
// runs ConnId's contract suite against it.
// Needs a JDK 17 or newer, Maven, and the libraries of ConnId from Maven's repository. Without them it says so and ends
// well.
//
//   npm run test:interop                 all versions, and the contract suite
//   npm run test:interop -- 1.6.0.0      one of them
//   npm run test:interop -- contract     the contract suite
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runContractSuite } from './interop/contract.mjs';
import { compile, missingCommands, runJava } from './interop/java.mjs';
import { withService } from './interop/service.mjs';
import { buildIfNeeded } from './setup/build.mjs';
import { installIfNeeded } from './setup/install.mjs';

const repository = fileURLToPath(new URL('../', import.meta.url));
const versions = ['1.5.1.0', '1.5.2.0', '1.6.0.0'];
const newest = '1.6.0.0';
const classes = ['SilentLog', 'Checks', 'Service', 'Failures', 'Reload', 'Interop'];

/** Calls the service as a host of one version. @returns `undefined` if Maven cannot fetch the libraries. */
async function runHosts(version, folder) {
  const path = compile({ version, pom: 'pom.xml', classes, folder });
  if (path === undefined) return undefined;
  const total = { passed: 0, failed: 0 };
  const settings = [
    { users: 300 },
    { users: 300, tls: true },
    ...(version === newest ? [{ users: 10_000 }] : []),
  ];
  for (const each of settings) {
    const setting = { folder, tls: false, ...each };
    const output = await withService(setting, (properties) => runJava({ path, main: 'Interop', properties }));
    const [, passed = '0', failed = '1'] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
    for (const line of output.split('\n').filter((each) => each.startsWith('not ok'))) console.log(line);
    const { tls, users } = setting;
    console.log(
      `ConnId ${version} over ${tls ? 'TLS' : 'TCP'}, ${users} users: ${passed} passed, ${failed} failed`,
    );
    total.passed += Number(passed);
    total.failed += Number(failed);
  }
  return total;
}

async function run(selected) {
  const folder = mkdtempSync(join(tmpdir(), 'interop-'));
  const total = { passed: 0, failed: 0 };
  try {
    for (const name of selected) {
      const isSuite = name === 'contract';
      const counts = isSuite ? await runContractSuite(newest, folder) : await runHosts(name, folder);
      if (counts === undefined) {
        console.log(`Skipped: Maven cannot fetch the libraries of ConnId ${isSuite ? newest : name}.`);
        continue;
      }
      total.passed += counts.passed;
      total.failed += counts.failed;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return total;
}

const missing = missingCommands();
if (missing.length > 0) {
  console.log(
    `Skipped: the tests with real hosts of ConnId need a JDK and Maven; ${missing.join(' and ')} is missing.`,
  );
} else {
  await installIfNeeded(repository);
  await buildIfNeeded(repository);
  const chosen = process.argv.slice(2);
  const { passed, failed } = await run(chosen.length > 0 ? chosen : [...versions, 'contract']);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
