import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { apiDocument } from '../../support/documented-requests.js';
import { repository, runPackage, temporaryFolder } from '../../support/run-tool.js';
import { removeFolder } from '../../support/temporary-folder.js';

const rules = join(repository, 'test/clients/redocly.yaml');
/** Neither statistics nor a look for a newer version. */
const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

it.each([true, false])(
  'the linter finds nothing in the document (authenticated: %s)',
  async (authenticated) => {
    const folder = await temporaryFolder({ 'openapi.json': JSON.stringify(apiDocument(authenticated)) });
    const args = ['lint', 'openapi.json', '--config', rules, '--format', 'json'];
    const { stdout } = await runPackage('@redocly/cli/bin/cli.js', args, { cwd: folder, env });
    await removeFolder(folder);
    expect(JSON.parse(stdout)).toMatchObject({
      totals: { errors: 0, warnings: 0, ignored: 0 },
      problems: [],
    });
  },
);
