import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, runJava } from './java.mjs';
import { withService } from './service.mjs';

const guide = fileURLToPath(new URL('../../docs/guides/connid-hosts.md', import.meta.url));

/**
 * Runs ConnId's contract suite against the service. It has to fail where the guide explains it, and nowhere else.
 * @returns {Promise<{ passed: number, failed: number } | undefined>} `undefined` if Maven cannot fetch the suite
 */
export async function runContractSuite(version, folder) {
  const classes = ['SilentLog', 'ContractData', 'ContractSuite'];
  const path = compile({ version, pom: 'contract-pom.xml', classes, folder });
  if (path === undefined) return undefined;
  const output = await withService({ folder, users: 50 }, (service) =>
    runJava({
      path,
      main: 'ContractSuite',
      properties: {
        'data-provider': 'ContractData',
        useConnectorServer: true,
        'contract.serverHost': service['service.host'],
        'contract.serverPort': service['service.port'],
        'contract.serverKey': service['service.key'],
        'contract.bundleName': 'zoom-identity-connector',
        'contract.bundleVersion': service['service.version'],
        'contract.connectorName': 'zoomidentityconnector.ZoomConnector',
      },
    }),
  );
  return judged(resultsOf(output), explainedFailures());
}

/** The failures that the guide explains: the first cells of its table. */
function explainedFailures() {
  const text = readFileSync(guide, 'utf8');
  return [...text.matchAll(/^\| `(\w+Tests\.\w+(?: \w+)?)` \|/gm)].map(([, name]) => name);
}

function resultsOf(output) {
  const lines = output.split('\n').filter((line) => line.includes('\t'));
  return lines.map((line) => {
    const [status, name, reason] = line.split('\t');
    return { hasPassed: status === 'SUCCESSFUL', name, reason };
  });
}

function judged(results, explained) {
  const unexplained = results.filter(({ hasPassed, name }) => !hasPassed && !explained.includes(name));
  const gone = explained.filter(
    (name) => !results.some((result) => result.name === name && !result.hasPassed),
  );
  for (const { name, reason } of unexplained) console.log(`not ok: ${name}: ${reason}`);
  for (const name of gone)
    console.log(`not ok: ${name} does not fail any more, although the guide explains why`);
  const passed = results.filter(({ hasPassed }) => hasPassed).length;
  console.log(
    `ConnId's contract suite: ${passed} of ${results.length} passed, ${explained.length} fail as explained`,
  );
  // A suite that did not run at all is a failure.
  return { passed, failed: unexplained.length + gone.length + (passed === 0 ? 1 : 0) };
}
