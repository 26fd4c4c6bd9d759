import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { apiDocument } from '../../support/documented-requests.js';
import { repository, runPackage, temporaryFolder } from '../../support/run-tool.js';
import { removeFolder } from '../../support/temporary-folder.js';

const rules = join(repository, 'test/clients/redocly.yaml');
/** Neither statistics nor a look for a newer version. */
const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

it.each([
  [true, false],
  [false, false],
  [true, true],
])(
  'the linter finds nothing in the document (authenticated: %s, several connectors: %s)',
  async (authenticated, isNamed) => {
    const document = JSON.stringify(apiDocument(authenticated, isNamed));
    const folder = await temporaryFolder({ 'openapi.json': document });
    const args = ['lint', 'openapi.json', '--config', rules, '--format', 'json'];
    const { stdout } = await runPackage('@redocly/cli/bin/cli.js', args, { cwd: folder, env });
    await removeFolder(folder);
    expect(JSON.parse(stdout)).toMatchObject({
      totals: { errors: 0, warnings: 0, ignored: 0 },
      problems: [],
    });
  },
);
