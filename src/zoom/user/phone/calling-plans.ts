import { asList, at, read } from '../../kit/json.js';

/** The codes of the calling plans of a phone user, each once: a plan may be held from several billing accounts. */
export function readPlans(record: unknown): readonly number[] {
  const types = asList(at(record, 'calling_plans')).flatMap((plan) => read.integer('type')(plan) ?? []);
  return [...new Set(types.map(Number))];
}
