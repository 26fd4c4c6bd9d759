/**
 * Mutation tests, by `npm run mutants`: scripts/mutants/areas.mjs says what is mutated and which tests run.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'],
  // An area names its tests. To look for those that import a mutated file would cost more than to run them.
  jest: { configFile: 'jest.config.js', config: { watchman: false }, enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // A busy machine is no endless loop; Stryker counts the rounds of loops as well.
  timeoutMS: 30_000,
  // Jest transpiles the sources and does not check types.
  disableTypeChecks: false,
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['/bench', '/dist', '/docs', '/reports'],
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false },
};
