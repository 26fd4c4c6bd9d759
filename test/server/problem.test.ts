import { describe, expect, it } from '@jest/globals';
import { ConnectorError } from '../../src/connid/errors.js';
import {
  allErrorKinds,
  HttpProblem,
  type HttpProblemName,
  httpProblems,
  httpStatusOf,
} from '../../src/server/problem/http-problem.js';
import { problemHeaders, problemOf } from '../../src/server/problem/problem.js';
import { loadSchemas } from '../../src/server/validation/schemas.js';
import { createValidators } from '../../src/server/validation/validators.js';

const validators = createValidators(loadSchemas());

describe('problemOf', () => {
  it('renders a connector error with all its details', () => {
    const cause = new ConnectorError('connectorIO', 'Zoom answered HTML.', {
      upstream: { status: 502 },
      cause: new Error('socket said: secret'),
    });
    const error = new ConnectorError('retryable', 'The user was created but not finished.', {
      hint: 'Update the user.',
      errors: [{ path: '/a', message: 'B.' }],
      upstream: { status: 429, code: 429, message: 'Too fast', trackingId: 'T1' },
      retryAfter: 1.2,
      uid: 'U1',
      applied: ['A'],
      notApplied: ['B'],
      cause,
    });
    const problem = problemOf(error, 'R1');
    expect(problem).toEqual({
      type: 'urn:zoom-connector:error:retryable',
      title: expect.stringMatching(/\.$/),
      status: 503,
      detail: 'The user was created but not finished.',
      exception: 'RetryableException',
      requestId: 'R1',
      hint: 'Update the user.',
      errors: [{ path: '/a', message: 'B.' }],
      upstream: { status: 429, code: 429, message: 'Too fast', trackingId: 'T1' },
      retryAfter: 2,
      uid: 'U1',
      applied: ['A'],
      notApplied: ['B'],
      cause: { exception: 'ConnectorIOException', detail: 'Zoom answered HTML.', upstream: { status: 502 } },
    });
    expect(validators.check('problem', problem)).toEqual([]);
    expect(problemHeaders(error, problem)).toEqual({ 'Retry-After': '2' });
  });

  it.each(allErrorKinds)('gives kind %s a type, a title and the status of the table', (kind) => {
    const problem = problemOf(new ConnectorError(kind, 'What happened.'), 'R1');
    expect(problem.status).toBe(httpStatusOf[kind]);
    expect(problem.type).toMatch(/^urn:zoom-connector:error:[a-z-]+$/);
    expect(validators.check('problem', problem)).toEqual([]);
  });

  it.each(Object.keys(httpProblems) as HttpProblemName[])(
    'gives %s no exception and a type of its own',
    (name) => {
      const problem = problemOf(new HttpProblem(name), 'R1');
      expect(problem.exception).toBeNull();
      expect(problem.type).toMatch(/^urn:zoom-connector:http:[a-z-]+$/);
      expect(validators.check('problem', problem)).toEqual([]);
    },
  );

  it('says nothing of an unexpected error', () => {
    const problem = problemOf(new TypeError('hunter2'), 'R1');
    expect(problem).toMatchObject({ status: 500, exception: 'ConnectorException' });
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|TypeError|stack/);
  });

  it('says when to come back even when the error does not', () => {
    const problem = problemOf(new ConnectorError('retryable', 'Locked.'), 'R1');
    expect(problem.retryAfter).toBe(30);
  });

  it.each([
    ['preconditionFailed', undefined],
    ['connectorIO', 30],
  ] as const)('says when to come back after %s only where waiting helps', (kind, seconds) => {
    const cause = new ConnectorError(kind, 'No.');
    const problem = problemOf(new ConnectorError('retryable', 'Not finished.', { cause }), 'R1');
    expect(problem.retryAfter).toBe(seconds);
  });

  it('hands on the header fields of a failure of the HTTP layer', () => {
    const error = new HttpProblem('methodNotAllowed', { headers: { Allow: 'GET' } });
    expect(problemHeaders(error, problemOf(error, 'R1'))).toEqual({ Allow: 'GET' });
  });
});
