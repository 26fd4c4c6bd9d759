import { checkConfig } from '../config/commands.js';
import { objectClassesOf } from '../zoom/create-zoom-connector.js';
import { terminal } from './terminal.js';

/** `check-config FILE`: reports every problem of a configuration. @returns the exit code. */
export async function checkConfigCommand(file: string): Promise<number> {
  const { ok, text } = await checkConfig(file, process.env, objectClassesOf);
  (ok ? terminal.say : terminal.complain)(text);
  return ok ? 0 : 1;
}
