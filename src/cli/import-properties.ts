import { readFile, writeFile } from 'node:fs/promises';
import { configErrorText } from '../config/advice.js';
import { configFromJava, type Remark } from '../config/import/java-config.js';
import { readJavaFile } from '../config/import/java-files.js';
import { ConnectorError, errorCode, toConnectorError } from '../connid/errors.js';
import { terminal } from './process.js';

/** The way in which the configuration is given out. */
interface Output {
  /** A file, or standard output. */
  readonly file: string | undefined;
  /** True to replace a file that exists. */
  readonly force: boolean;
}

/**
 * `import-properties FILE`: makes a `connector.json` of the configuration of the Java connector. The report goes to
 * standard error. No secret is copied.
 * @returns the exit code.
 */
export async function importPropertiesCommand(file: string | undefined, output: Output): Promise<number> {
  if (file === undefined) {
    terminal.complain('Name a .properties file of the Java connector, or a resource of midPoint as XML.');
    return 2;
  }
  try {
    const { json, report } = importedText(await readText(file));
    for (const line of report) terminal.complain(line);
    if (output.file === undefined) terminal.say(json);
    else await write(output.file, `${json}\n`, output.force);
    return 0;
  } catch (thrown) {
    terminal.complain(configErrorText(toConnectorError(thrown)));
    return 1;
  }
}

/** @throws ConnectorError `configuration`, with all problems. */
export function importedText(text: string): { readonly json: string; readonly report: readonly string[] } {
  const { config, problems, report } = configFromJava(readJavaFile(text));
  if (problems.length > 0) {
    const errors = linesOf([...problems, ...report]).map((message) => ({ path: '', message }));
    throw new ConnectorError('configuration', 'The properties make no valid configuration.', { errors });
  }
  return { json: JSON.stringify(config, null, 2), report: linesOf(report) };
}

/** More lines help nobody: the file is none of the Java connector. */
const maxLines = 100;

function linesOf(remarks: readonly Remark[]): readonly string[] {
  const rest = remarks.length - maxLines;
  const lines = remarks.slice(0, maxLines).map(lineOf);
  return rest > 0 ? [...lines, `And ${rest} more.`] : lines;
}

function lineOf({ line, text }: Remark): string {
  return line === undefined ? text : `Line ${line}: ${text}`;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ConnectorError('configuration', `The file ${file} cannot be read${errorCode(cause)}.`, {
      cause,
    });
  }
}

/** The file may be replaced by hand later, so it gets the usual rights; it contains no secret. */
async function write(file: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const message = exists
      ? `The file ${file} exists.`
      : `The file ${file} cannot be written${errorCode(cause)}.`;
    const hint = exists ? { hint: 'Replace it with --force.' } : {};
    throw new ConnectorError('configuration', message, { cause, ...hint });
  }
}
