import { chmod, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { repository, runTool } from '../support/run-tool.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

/** Stands for Docker: writes down how it was called and what it was sent. */
const docker = `#!/usr/bin/env bash
printf '%s\\n' "$@" >"$RECORD/arguments"
(cd "\${!#}" && find . ! -type d | sort) >"$RECORD/context"
`;

const folder = useTemporaryFolder();

beforeEach(async () => {
  await writeFile(join(folder.path, 'docker'), docker);
  await chmod(join(folder.path, 'docker'), 0o755);
});

const git = async (...args: string[]) => (await runTool('git', args, { cwd: repository })).stdout;
const recorded = async (name: string) =>
  (await readFile(join(folder.path, name), 'utf8')).trimEnd().split('\n');
const base = `node:22@sha256:${'0'.repeat(64)}`;

function buildImage(args: readonly string[], env: Readonly<Record<string, string>>) {
  const PATH = `${folder.path}${delimiter}${process.env['PATH'] ?? ''}`;
  const script = join(repository, 'deploy/build-image.sh');
  return runTool('bash', [script, ...args], { cwd: folder.path, env: { PATH, RECORD: folder.path, ...env } });
}

describe('build-image.sh', () => {
  it('sends the files of the commit to BuildKit, and the time of the commit', async () => {
    const { code, stderr } = await buildImage(['connector:1'], { NODE_IMAGE: base });
    expect([code, stderr]).toEqual([0, '']);
    const committed = (await git('ls-tree', '-r', '--name-only', '-z', 'HEAD')).split('\0').filter(Boolean);
    expect((await recorded('context')).sort()).toEqual(committed.map((path) => `./${path}`).sort());
    const args = await recorded('arguments');
    expect(args).toContain(`NODE=${base}`);
    expect(args).toContain(`SOURCE_DATE_EPOCH=${(await git('show', '-s', '--format=%ct', 'HEAD')).trim()}`);
    expect(args).toContain('type=oci,dest=dist/image/image.tar,name=connector:1,rewrite-timestamp=true');
  });

  it('leaves the bill of materials beside the image', async () => {
    await buildImage(['connector:1'], { NODE_IMAGE: base });
    const bill = JSON.parse(await readFile(join(repository, 'dist/image/sbom.json'), 'utf8')) as {
      readonly components: readonly { readonly name: string }[];
      readonly metadata: { readonly component: { readonly name: string } };
    };
    const names = bill.components.map(({ name }) => name);
    expect(bill.metadata.component.name).toBe('zoom-identity-connector');
    // The service and its development need ajv; only development needs jest.
    expect([names.includes('ajv'), names.includes('jest')]).toEqual([true, false]);
  });

  it.each([
    ['a base image without digest', ['connector:1'], { NODE_IMAGE: 'node:22' }, 'Set NODE_IMAGE'],
    ['no name', [], { NODE_IMAGE: base }, 'Say how to call the image'],
    ['an unknown output', ['connector:1'], { NODE_IMAGE: base, OUTPUT: 'tar' }, 'OUTPUT is oci or push'],
  ])('refuses %s', async (_case, args, env, message) => {
    const { code, stderr } = await buildImage(args, env);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
