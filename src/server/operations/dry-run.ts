import { ConnectorError } from '../../connid/errors.js';
import { ok, type Operation, type OperationCall, type Reply } from './operation.js';

/**
 * Runs an operation, or its dry run if the caller asks for that. The one place that decides between the two, so
 * that no write operation can forget to.
 */
export async function runOrPlan(row: Operation, request: unknown, call: OperationCall): Promise<Reply> {
  if (!call.query.dryRun) return row.run(request, call);
  if (row.plan !== undefined) return ok(await row.plan(request, call));
  throw new ConnectorError('unsupported', `There is no dry run of ${row.id}.`, {
    hint: 'Nothing was written. Repeat the request without dryRun to execute it.',
  });
}
