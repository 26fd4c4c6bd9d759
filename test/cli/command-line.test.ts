import { describe, expect, it } from '@jest/globals';
import { parseCommandLine } from '../../src/cli/command-line.js';

const parse = (line: string) => parseCommandLine(line.split(' ').filter((word) => word !== ''));

describe('parseCommandLine', () => {
  it.each([
    ['', { command: 'serve' }],
    ['serve --config a.json', { command: 'serve', config: 'a.json' }],
    ['serve --examples', { command: 'serve', examples: true }],
    ['check-config a.json', { command: 'check-config', argument: 'a.json' }],
    ['test --config a.json', { command: 'test', config: 'a.json' }],
    ['simulator --port 0 --config a.json', { command: 'simulator', port: '0', config: 'a.json' }],
    ['new-token midpoint', { command: 'new-token', argument: 'midpoint' }],
    ['serve --help', { help: true }],
    ['-h', { help: true }],
  ])('takes "%s"', (line, expected) => {
    expect(parse(line)).toEqual(expected);
  });

  it.each([
    [
      'serve production.json',
      'The command serve does not take "production.json". Name a file with --config FILE.',
    ],
    ['serve --port 9000', 'The command serve does not take the option --port.'],
    ['test --examples', 'The command test does not take the option --examples.'],
    ['production.json', 'There is no command "production.json".'],
    ['chek-config a.json', 'There is no command "chek-config". Did you mean "check-config"?'],
    ['constructor', 'There is no command "constructor".'],
    ['check-config a.json b.json', 'The command check-config does not take "b.json".'],
    ['check-config a.json --config b.json', 'The file is given twice.'],
    ['new-token mid point', 'The command new-token does not take "point".'],
    ['simulator 9081', 'The command simulator does not take "9081". Name a file with --config FILE.'],
  ])('refuses "%s"', (line, complaint) => {
    expect(parse(line)).toEqual({ complaint });
  });

  it.each(['serve --conf a.json', 'simulator --port', 'serve -x'])('leaves "%s" to Node.js', (line) => {
    expect(() => parse(line)).toThrow(/option/i);
  });
});
