import { format } from 'node:util';
import { afterAll, afterEach, expect } from '@jest/globals';

const written: string[] = [];

/**
 * Fails a test that writes to the console. The service under test logs its errors there by default, so an error that
 * no test expects is one that nobody overlooks. A test that causes an error gives the service a logger of its own.
 */
for (const method of ['debug', 'error', 'info', 'log', 'warn'] as const) {
  globalThis.console[method] = (...values: unknown[]): void => void written.push(format(...values));
}

function expectNothingWritten(): void {
  expect(written.splice(0)).toEqual([]);
}

afterEach(expectNothingWritten);
afterAll(expectNothingWritten);
