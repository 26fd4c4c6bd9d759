import { chmodSync, cpSync, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { commandOf, healthCommandOf, instructionsOf, variablesOf } from './dockerfile.mjs';
import { runShell } from './shell.mjs';

/**
 * What a container of a stage starts with.
 * @typedef {object} Image
 * @property {string} root - the folder that stands for the root of its file system, without the base image
 * @property {string} workdir
 * @property {Record<string, string>} env
 * @property {string} user
 * @property {string[]} entrypoint
 * @property {string[]} cmd
 * @property {string[]} health - the command of the health check
 * @property {number[]} ports
 */

/**
 * Carries out the stages of a Dockerfile in folders, without Docker and without base images: programs are those of this
 * computer, and paths of RUN are relative to WORKDIR. An instruction without a rule here is an error, so that the
 * Dockerfile cannot say more than is tried.
 * @param {string} dockerfile - its text
 * @param {{ context: string, folder: string }} folders - what the builder is sent, and where stages are made
 * @returns {Promise<Image>} the last stage
 */
export async function carryOut(dockerfile, { context, folder }) {
  const stages = [];
  for (const { name, args } of instructionsOf(dockerfile)) {
    const rule = rules[name];
    if (rule === undefined) throw new Error(`No rule for the instruction ${name} of the Dockerfile`);
    await rule(args, { context, folder, stages, image: stages.at(-1)?.image });
  }
  return stages.at(-1).image;
}

const rules = {
  // The base image is a parameter; nothing else is.
  ARG: (args) => {
    if (!args.startsWith('NODE=')) throw new Error(`No rule for the argument ${args} of the Dockerfile`);
  },
  FROM: (args, { folder, stages }) => {
    const [, stage = `stage-${stages.length}`] = /^\$\{NODE\}(?:\s+AS\s+(\S+))?$/i.exec(args) ?? [];
    const root = join(folder, stage);
    mkdirSync(root, { recursive: true });
    const image = {
      root,
      workdir: '/',
      env: {},
      user: '0:0',
      entrypoint: [],
      cmd: [],
      health: [],
      ports: [],
    };
    stages.push({ stage, image });
  },
  WORKDIR: (args, { image }) => {
    image.workdir = args;
    mkdirSync(join(image.root, args), { recursive: true });
  },
  COPY: (args, { context, image, stages }) => {
    const [, from, names] = /^(?:--from=(\S+)\s+)?(.*)$/.exec(args) ?? [];
    const source = from === undefined ? context : stages.find(({ stage }) => stage === from).image.root;
    const paths = names.split(/\s+/);
    const target = join(image.root, image.workdir, paths.pop());
    for (const path of paths) copy(join(source, path), target);
  },
  RUN: (args, { image }) => runShell(args, { cwd: join(image.root, image.workdir), env: image.env }),
  ENV: (args, { image }) => void Object.assign(image.env, variablesOf(args)),
  EXPOSE: (args, { image }) => void image.ports.push(Number(args)),
  USER: (args, { image }) => void (image.user = args),
  HEALTHCHECK: (args, { image }) => void (image.health = healthCommandOf(args)),
  ENTRYPOINT: (args, { image }) => void (image.entrypoint = commandOf(args)),
  CMD: (args, { image }) => void (image.cmd = commandOf(args)),
};

/** A file goes into the target folder, or the contents of a folder do. */
function copy(source, target) {
  const isFolder = statSync(source).isDirectory();
  mkdirSync(target, { recursive: true });
  cpSync(source, isFolder ? target : join(target, basename(source)), {
    recursive: true,
    verbatimSymlinks: true,
  });
  if (isFolder) chmodSync(target, 0o755);
}
