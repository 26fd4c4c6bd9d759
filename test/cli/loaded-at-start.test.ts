import { describe, expect, it } from '@jest/globals';
import { sourceFiles } from '../support/source-files.js';

const imports = new Map(sourceFiles('src').map((file) => [file.path, file.imports]));

/** All modules and packages that Node.js loads together with a file of `src/`. */
function loadedWith(file: string): readonly string[] {
  const loaded = new Set<string>();
  const open = [file];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    open.push(...(imports.get(path) ?? []).filter(({ isLoaded }) => isLoaded).map(({ target }) => target));
  }
  return [...loaded];
}

/** Parts and packages that most services never use. What is loaded takes memory for as long as the service runs. */
const unused = /^(src\/(simulator|connid-server|reference)\/|libphonenumber-js|swagger-ui-dist|jose)/;

describe('the start of a service', () => {
  it('loads nothing that most services never use', () => {
    const loaded = loadedWith('src/cli/serve.ts');
    expect(loaded).toEqual(
      expect.arrayContaining(['src/server/app.ts', 'src/zoom/user/value-forms.ts', 'express', 'axios']),
    );
    expect(loaded.filter((path) => unused.test(path))).toEqual([]);
  });

  it('loads no other command', () => {
    const commands = loadedWith('src/main.ts').filter((path) => path.startsWith('src/cli/'));
    expect(commands.toSorted()).toEqual(['src/cli/command-line.ts', 'src/cli/process.ts']);
  });

  it('loads them where they are needed', () => {
    expect(loadedWith('src/cli/simulator.ts')).toContain('src/simulator/simulator.ts');
    expect(loadedWith('src/cli/connector-server.ts')).toContain('src/connid-server/session/listen.ts');
  });
});
