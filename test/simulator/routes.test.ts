import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { routeTable } from '../../src/simulator/routes.js';
import { describeWithShared, sharedFolder } from '../support/shared.js';

const source = join(import.meta.dirname, '../../src/simulator');

describe('The simulator', () => {
  it('depends on nothing but Node, its own folder and two parsers', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    for (const file of files) {
      const text = readFileSync(join(source, file), 'utf8');
      for (const [, target = ''] of text.matchAll(/from '([^']+)'/g)) {
        const depth = file.split(/[\\/]/).length - 1;
        const leaves = target.split('../').length - 1 > depth;
        const isKnown = /^(node:|\.|lossless-json$|scim2-parse-filter$)/.test(target);
        expect({ file, target, ok: isKnown && !leaves }).toEqual({ file, target, ok: true });
      }
    }
  });

  it('has no route twice', () => {
    const routes = routeTable.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });
});

describeWithShared('The table of routes', () => {
  const documented = new Map(
    readFileSync(join(sharedFolder, 'zoom-api.md'), 'utf8')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter((cells) => cells.length === 8 && cells[2]?.startsWith('`/') === true)
      .map(([, method = '', path = '', , label = '', classic = '', granular = '']) => [
        `${method} ${path.replaceAll('`', '')}`,
        { label: label.toLowerCase(), classic: scopes(classic), granular: scopes(granular) },
      ]),
  );

  it('has the documented labels and scopes', () => {
    expect(documented.size).toBeGreaterThan(80);
    for (const route of routeTable) {
      const name = `${route.method} ${route.path}`;
      const actual = {
        label: route.label,
        classic: [...route.scopes.classic].sort(),
        granular: [...route.scopes.granular].sort(),
      };
      expect({ name, ...actual }).toEqual({ name, ...documented.get(name) });
    }
  });
});

function scopes(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, scope = '']) => scope).sort();
}
