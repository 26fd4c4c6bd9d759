/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Only there to end a test that hangs: no test comes near it, however busy the machine is.
  testTimeout: 300_000,
  // By default Jest leaves one processor idle, half of a small machine.
  maxWorkers: '100%',
  // A worker keeps what its test files leave. Beyond a gigabyte it needs longer to exit than Jest waits for it.
  workerIdleMemoryLimit: '512MB',
  setupFilesAfterEnv: ['<rootDir>/test/support/quiet-console.ts'],
  roots: ['<rootDir>/test'],
  // Takes real time: `npm run test:replicas` runs it.
  testPathIgnorePatterns: ['/node_modules/', '/test/replicas/'],
  extensionsToTreatAsEsm: ['.ts'],
  // Our sources import each other as `.js`; packages may ship files named `.json.js`, which must stay.
  moduleNameMapper: { '^(\\.{1,2}/(?!.*\\.json\\.js$).*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, diagnostics: false }] },
};
