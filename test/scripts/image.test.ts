import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { compareBuilds } from '../../scripts/image/compare.mjs';
import { instructionsOf, sentToBuilder } from '../../scripts/image/dockerfile.mjs';
import { carryOut } from '../../scripts/image/stages.mjs';
import { copyContext } from '../../scripts/image/tree.mjs';
import { repository } from '../support/run-tool.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const folder = useTemporaryFolder();

beforeEach(async () => {
  await mkdir(join(folder.path, 'context/inner'), { recursive: true });
  await writeFile(join(folder.path, 'context/inner/a'), 'text');
});

const stages = (dockerfile: string) =>
  carryOut(dockerfile, { context: join(folder.path, 'context'), folder: folder.path });

describe('a Dockerfile', () => {
  it('is carried out stage by stage', async () => {
    const image = await stages(`
ARG NODE=node:22
# The first stage has what the second takes.
FROM \${NODE} AS build
WORKDIR /work
COPY inner ./copied
RUN cat copied/a copied/a > b \\
  && rm -r copied
FROM \${NODE}
WORKDIR /app
COPY --from=build /work/b ./
ENV ONE=1 \\
    TWO=2
EXPOSE 8080
USER 1000:1000
HEALTHCHECK --interval=30s --retries=3 \\
  CMD ["node", "-e", "0"]
ENTRYPOINT ["node", "main.js"]
CMD ["serve"]
`);
    expect(await readFile(join(image.root, 'app/b'), 'utf8')).toBe('texttext');
    expect(image).toEqual({
      root: join(folder.path, 'stage-1'),
      workdir: '/app',
      env: { ONE: '1', TWO: '2' },
      user: '1000:1000',
      entrypoint: ['node', 'main.js'],
      cmd: ['serve'],
      health: ['node', '-e', '0'],
      ports: [8080],
    });
  });

  it.each([
    ['an instruction without a rule', 'ADD a b', 'No rule for the instruction ADD'],
    ['a command for a shell', 'CMD node main.js', 'Not a list in JSON'],
    ['another argument', 'ARG VERSION=1', 'No rule for the argument VERSION=1'],
    ['a value with blanks', 'ENV NAME VALUE', 'Not NAME=VALUE'],
    ['a command that fails', 'RUN echo no >&2; exit 3', 'ended with 3:\nno'],
  ])('stops at %s', async (_case, line, message) => {
    await expect(stages(`FROM \${NODE}\n${line}`)).rejects.toThrow(message);
  });

  it('gives commands few variables of the process that builds', async () => {
    process.env['CANARY_OF_BUILDS'] = 'canary';
    const image = await stages('FROM ${NODE}\nWORKDIR /app\nRUN env > variables; umask >> variables');
    const variables = await readFile(join(image.root, 'app/variables'), 'utf8');
    expect(variables).not.toContain('CANARY_OF_BUILDS');
    expect(variables).toContain('0022');
  });
});

describe('the builder is sent', () => {
  it('what .dockerignore names, with modes that do not depend on the clone', async () => {
    copyContext(repository, folder.path);
    const sent = await readFile(join(repository, '.dockerignore'), 'utf8').then(sentToBuilder);
    expect(['package.json', 'src/main.ts', '.npmrc'].map(sent)).toEqual([true, true, true]);
    expect(['connector.json', 'deploy/compose.yaml', 'srcs/a', '.git/config'].some(sent)).toBe(false);
    expect((await stat(join(folder.path, 'src/main.ts'))).mode & 0o777).toBe(0o644);
  });

  it('nothing by a .dockerignore of another kind', () => {
    expect(() => sentToBuilder('node_modules')).toThrow('Not a list of what is sent');
    expect(() => sentToBuilder('*\n!src/**/*.ts')).toThrow('Not a list of what is sent');
  });

  it('every file that the Dockerfile copies', async () => {
    const sent = sentToBuilder(await readFile(join(repository, '.dockerignore'), 'utf8'));
    const copied = instructionsOf(await readFile(join(repository, 'Dockerfile'), 'utf8'))
      .filter(({ name, args }) => name === 'COPY' && !args.startsWith('--from'))
      .flatMap(({ args }) => args.split(/\s+/).slice(0, -1));
    expect(copied).toContain('src');
    expect(copied.filter((path) => !sent(path))).toEqual([]);
  });
});

describe('two builds differ', () => {
  const compared = () => [...compareBuilds(join(folder.path, 'context'), join(folder.path, 'other'))][0];

  beforeEach(async () => {
    await mkdir(join(folder.path, 'other/inner'), { recursive: true });
    await writeFile(join(folder.path, 'other/inner/a'), 'text');
  });

  it('not if all contents are the same', () => {
    expect(compared()).toMatchObject({ ok: true });
  });

  it.each([
    ['contents', 'inner/a', () => writeFile(join(folder.path, 'other/inner/a'), 'Text')],
    ['a mode', 'inner/a', () => chmod(join(folder.path, 'other/inner/a'), 0o600)],
    ['a file', 'b', () => writeFile(join(folder.path, 'other/b'), '')],
  ])('in %s', async (_case, path, change) => {
    await change();
    const { ok, detail } = compared() ?? {};
    expect([ok, detail?.split(' ')[0]]).toEqual([false, path]);
  });
});
