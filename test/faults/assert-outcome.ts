import { expect } from '@jest/globals';
import type { ExpectedProblem, Outcome } from './fault-rows.js';
import type { Run } from './run-case.js';

const unknownOutcome = 'unknown whether the change took effect';

/**
 * Holds a run against its defined outcome, and the answer against the state of the simulator.
 * @param created - whether the fault struck after the object of a create was made.
 */
export function assertOutcome(run: Run, outcome: Outcome, created: boolean): void {
  if (outcome === 'done') expectDone(run);
  else if (created) expectUnfinished(run, outcome);
  else expectProblem(run, outcome);
  expect(run.scenario.invariant?.(run.body) ?? true).toBe(true);
}

function expectDone({ body, scenario: { effects, success, answerShows }, status }: Run): void {
  expect({ status, body }).toEqual({ status: success, body });
  expect(shown(effects)).toEqual(all(effects, true));
  expect(answerShows?.(body) ?? true).toBe(true);
}

function expectProblem(run: Run, { exception, retryAfter, status, unknown }: ExpectedProblem): void {
  const { body } = run;
  expect({ exception: body['exception'], status: run.status, body }).toEqual({ exception, status, body });
  expectRetryAfter(body, retryAfter);
  expect(saysUnknown(body)).toBe(unknown === true);
  expectHonest(run, unknown === true);
}

/** A create that was made but not finished: retryable, with the error of the step as its cause. */
function expectUnfinished(run: Run, { exception, unknown }: ExpectedProblem): void {
  const { body, scenario, status } = run;
  const cause = body['cause'] as Run['body'];
  expect({ status, exception: body['exception'] }).toEqual({ status: 503, exception: 'RetryableException' });
  expect(cause['exception']).toBe(exception);
  expect(saysUnknown(cause)).toBe(unknown === true);
  expect(scenario.answerShows?.(body)).toBe(true);
  expectHonest(run, unknown === true);
}

/** Attributes named as applied are, and those named as not applied are not. Those in doubt may be either. */
function expectHonest({ body, scenario: { effects } }: Run, unknown: boolean): void {
  const applied = (body['applied'] ?? []) as readonly string[];
  const inDoubt = (body['unknown'] ?? []) as readonly string[];
  const notApplied = (body['notApplied'] ?? Object.keys(effects)) as readonly string[];
  const named = [...applied, ...notApplied, ...inDoubt];
  expect(named).toEqual(expect.arrayContaining(Object.keys(effects)));
  expect(new Set(named).size).toBe(named.length);
  if (inDoubt.length > 0) expect(unknown).toBe(true);
  const state = shown(effects);
  for (const name of applied) expect({ [name]: state[name] ?? true }).toEqual({ [name]: true });
  for (const name of notApplied) expect({ [name]: state[name] ?? false }).toEqual({ [name]: false });
}

function expectRetryAfter(body: Run['body'], bounds: ExpectedProblem['retryAfter']): void {
  if (bounds === undefined) return;
  const [least, most] = bounds;
  expect(body['retryAfter']).toBeGreaterThanOrEqual(least);
  expect(body['retryAfter']).toBeLessThanOrEqual(most);
}

function saysUnknown(problem: Run['body']): boolean {
  return String(problem['detail']).includes(unknownOutcome);
}

function shown(effects: Run['scenario']['effects']): Record<string, boolean> {
  return Object.fromEntries(Object.entries(effects).map(([name, effect]) => [name, effect()]));
}

function all(effects: Run['scenario']['effects'], value: boolean): Record<string, boolean> {
  return Object.fromEntries(Object.keys(effects).map((name) => [name, value]));
}
