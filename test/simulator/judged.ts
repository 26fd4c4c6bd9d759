import { expect } from '@jest/globals';
import type { OpenApiJudge } from '../support/openapi-judge.js';
import type { Answer, Harness } from './harness.js';

/** Makes a call whose request and answer must both agree with a published description. */
export async function judgedCall(
  harness: Harness,
  judge: OpenApiJudge,
  route: string,
  body?: unknown,
): Promise<Answer> {
  const [method = '', target = ''] = route.split(' ');
  const [path = '', search = ''] = target.split('?');
  const query = Object.fromEntries(new URLSearchParams(search));
  expect(judge.request({ method, path, query, ...(body !== undefined && { body }) })).toEqual([]);
  const answer = await harness.call(route, body);
  const response = {
    status: answer.status,
    ...(answer.text !== '' && { body: JSON.parse(answer.text) as unknown }),
  };
  expect(judge.response({ method, path }, response)).toEqual([]);
  return answer;
}
