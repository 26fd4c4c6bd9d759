import { type Check, type ConnectorError, toConnectorError } from '../../connid/errors.js';
import type { TestAnswer } from '../connector.js';
import type { OperationContext } from '../context.js';
import type { TargetCheck } from '../ports.js';
import { openSession } from '../object-class/call.js';
import { absentClass } from '../object-class/object-class.js';
import type { OperationParts } from './operation-parts.js';

/**
 * Test: proves step by step that the target can be used. It stops after a failure that would repeat in every check.
 * @throws ConnectorError the first failure, with every failed check in `errors` and all checks in `checks`.
 */
export async function test(parts: OperationParts, context: OperationContext): Promise<TestAnswer> {
  const checks: Check[] = [{ name: 'configuration', ok: true, detail: 'The configuration is valid.' }];
  let first: ConnectorError | undefined;
  const { after, before } = parts.checks;
  for (const check of [...before, ...probes(parts), ...after]) {
    try {
      checks.push(...(await check.run(context)));
    } catch (thrown) {
      const error = toConnectorError(thrown);
      checks.push(failed(check.name, error));
      first ??= error;
      if (check.decisive || isCutOff(error)) break;
    }
  }
  if (first === undefined) return { ok: true, checks };
  const errors = checks.filter(({ ok }) => !ok).map(({ detail, name }) => ({ path: name, message: detail }));
  throw first.with({ errors, checks });
}

/** True if the target did not answer at all: the other checks would fail as well, each after a long wait. */
function isCutOff({ details: { upstream }, kind }: ConnectorError): boolean {
  return upstream === undefined && ['connectionFailed', 'connectionBroken', 'timeout'].includes(kind);
}

function failed(name: string, { details: { hint }, message }: ConnectorError): Check {
  return { name, ok: false, detail: message, ...(hint !== undefined && { hint }) };
}

/** One cheap call per object class. A class that the account lacks is no failure. */
function probes({ objectClasses, target }: OperationParts): readonly TargetCheck[] {
  return objectClasses.map((objectClass) => {
    const { name } = objectClass.view;
    return {
      name,
      decisive: false,
      run: async (context) => {
        try {
          await openSession(target, context).send(objectClass.probe);
        } catch (thrown) {
          return [absentClass(objectClass, name, toConnectorError(thrown))];
        }
        return [{ name, ok: true, detail: `${name} objects can be read.` }];
      },
    };
  });
}
