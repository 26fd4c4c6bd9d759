import { expect, test } from '@jest/globals';
import { configProperties, connectorSchema } from '../../src/config/schema.js';
import { simulatorOptions } from '../../src/simulator/options/options.js';

const described = configProperties(connectorSchema)
  .filter(({ path }) => path.length === 2 && path[0] === 'simulator' && path[1] !== 'allowRemote')
  .map(({ path, node }) => [path[1] ?? '', node] as const);
const options = new Map<string, { readonly default: unknown; readonly allowed?: readonly unknown[] }>(
  Object.entries(simulatorOptions),
);

test('the configuration has every option of the simulator and no other', () => {
  expect(described.map(([name]) => name).sort()).toEqual([...options.keys()].sort());
});

test('their defaults are the same', () => {
  const defaults = Object.fromEntries([...options].map(([name, option]) => [name, option.default]));
  expect(Object.fromEntries(described.map(([name, node]) => [name, node.default]))).toEqual(defaults);
});

test('their alternatives are the same', () => {
  const ours = described.filter(([name]) => options.get(name)?.allowed !== undefined);
  const theirs = ours.map(([name]) => [name, options.get(name)?.allowed]);
  expect(ours.map(([name, node]) => [name, node.enum])).toEqual(theirs);
});
