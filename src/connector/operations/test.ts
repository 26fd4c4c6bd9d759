import { type ConnectorError, type Finding, toConnectorError } from '../../connid/errors.js';
import type { TestAnswer, TestCheck } from '../connector.js';
import type { OperationContext } from '../context.js';
import type { TargetCheck } from '../ports.js';
import { openSession } from '../session.js';
import type { Environment } from './environment.js';

/**
 * Test: proves step by step that the target can be used; checks that need a failed one are not made.
 * @throws ConnectorError - the first failure, with every failed check in `errors`.
 */
export async function test(environment: Environment, context: OperationContext): Promise<TestAnswer> {
  const checks: TestCheck[] = [{ name: 'configuration', ok: true, detail: 'The configuration is valid.' }];
  const failures: { finding: Finding; error: ConnectorError }[] = [];
  for (const check of [...environment.checks, ...probes(environment)]) {
    try {
      checks.push(...(await check.run(context)));
    } catch (thrown) {
      const error = toConnectorError(thrown);
      failures.push({ finding: { path: check.name, message: error.message }, error });
      if (check.decisive) break;
    }
  }
  const [first] = failures;
  if (first !== undefined) throw first.error.with({ errors: failures.map(({ finding }) => finding) });
  return { ok: true, checks };
}

/** One cheap call per object class. */
function probes({ objectClasses, target }: Environment): readonly TargetCheck[] {
  return objectClasses.map(({ view: { name }, probe }) => ({
    name,
    decisive: false,
    run: async (context) => {
      await openSession(target, context).send(probe);
      return [{ name, ok: true, detail: `${name} objects can be read.` }];
    },
  }));
}
