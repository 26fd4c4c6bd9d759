import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sentToBuilder } from './dockerfile.mjs';

/**
 * Copies what a builder is sent: the files that git tracks or would add and .dockerignore does not exclude, in their
 * present state, with the two modes that git knows.
 * @param {string} repository
 * @param {string} folder - where they go
 */
export function copyContext(repository, folder) {
  const isSent = sentToBuilder(readFileSync(join(repository, '.dockerignore'), 'utf8'));
  for (const path of filesOf(repository).filter(isSent)) {
    const copy = join(folder, path);
    cpSync(join(repository, path), copy);
    chmodSync(copy, (lstatSync(copy).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

function filesOf(repository) {
  const command = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout, stderr } = spawnSync('git', command, { cwd: repository, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git does not list the files of the repository: ${stderr}`);
  // Git lists a deleted file until the deletion is committed.
  return stdout.split('\0').filter((path) => path !== '' && existsSync(join(repository, path)));
}

/**
 * Describes everything below a folder that an image keeps of it, except times.
 * @param {string} root
 * @returns {string[]} a line for each file, link and folder: path, mode and digest of the contents
 */
export function describeTree(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${relative(root, path)} ${describe(path)}`)
    .sort();
}

function describe(path) {
  const stat = lstatSync(path);
  const mode = (stat.mode & 0o7777).toString(8);
  if (stat.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  return stat.isDirectory() ? `${mode} folder` : `${mode} ${sha256(readFileSync(path))}`;
}

/** The SHA-256 of bytes or text, in hexadecimal. */
export function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}
