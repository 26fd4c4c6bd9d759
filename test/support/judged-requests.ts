import { expect } from '@jest/globals';
import type { Simulator } from '../../src/simulator/simulator.js';
import type { OpenApiJudge } from './openapi-judge.js';
import type { TestService } from './service.js';

/**
 * Expects that every request the simulator got, token requests excepted, is one that Zoom describes.
 * @param judges - of several descriptions the first counts that knows the operation.
 * @returns the kinds of requests there were: method and path pattern.
 */
export function expectDescribed(simulator: Simulator, judges: readonly OpenApiJudge[]): readonly string[] {
  const sent = simulator.requests
    .filter(({ family }) => family !== 'oauth')
    .map((entry) => ({ ...entry, path: entry.path.replace(/^\/v2/, '') }));
  const violations = sent.flatMap((entry) => {
    const judge = judges.find((candidate) => candidate.operation(entry) !== undefined);
    return judge?.request(entry) ?? [`${entry.method} ${entry.path} is described nowhere`];
  });
  expect([...new Set(violations)]).toEqual([]);
  return [...new Set(sent.map(({ method, pattern }) => `${method} ${pattern ?? ''}`))];
}

/** Attributes of all object classes that can be updated, with their class. */
export async function updateable(service: TestService): Promise<readonly string[]> {
  const answer = await service.get('/v1/schema').expect(200);
  const { objectClasses } = answer.body as {
    objectClasses: { name: string; attributes: { name: string; updateable: boolean }[] }[];
  };
  return objectClasses.flatMap(({ attributes, name: objectClass }) =>
    attributes.filter((row) => row.updateable).map(({ name }) => `${objectClass}.${name}`),
  );
}
