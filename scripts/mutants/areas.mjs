/**
 * The code that is mutated, by area, and the tests that must notice. Their files are loaded for each mutant, so a slow
 * one would cost its time hundreds of times.
 * @type {readonly { name: string, sources: readonly string[], tests: readonly string[] }[]}
 */
export const areas = [
  {
    name: 'policies',
    sources: [
      'src/zoom/user/policy/allowed-changes.ts',
      'src/zoom/user/policy/pending-policy.ts',
      'src/zoom/user/policy/prepare-update.ts',
      'src/zoom/user/policy/update-policy.ts',
    ],
    tests: ['test/zoom/user/policy/*.test.ts'],
  },
  {
    name: 'user-steps',
    sources: ['src/zoom/user/steps.ts'],
    tests: ['test/zoom/user/steps.test.ts'],
  },
  {
    name: 'phone',
    sources: ['src/zoom/user/phone/plan-phone.ts', 'src/zoom/user/phone/steps.ts'],
    tests: ['test/zoom/user/phone/*.test.ts'],
  },
  {
    name: 'scim-users',
    sources: [
      'src/zoom/user/scim/exclusive-attributes.ts',
      'src/zoom/user/scim/replacement.ts',
      'src/zoom/user/scim/steps.ts',
    ],
    tests: ['test/zoom/user/scim/{exclusive-attributes,replacement,steps}.test.ts'],
  },
  {
    name: 'groups',
    sources: ['src/zoom/group/steps.ts'],
    tests: ['test/zoom/group/*.test.ts'],
  },
  {
    name: 'writes',
    sources: [
      'src/connector/object-class/plan.ts',
      'src/connector/writes/call-conditions.ts',
      'src/connector/writes/execute-plan.ts',
      'src/connector/writes/read-back.ts',
      'src/connector/writes/recent-writes.ts',
    ],
    tests: ['test/connector/{object-class,writes}/*.test.ts'],
  },
  {
    name: 'search',
    sources: ['src/connector/search/paged-walk.ts', 'src/connector/search/push-down.ts'],
    tests: ['test/connector/search/{paged-walk,push-down}.test.ts'],
  },
  {
    name: 'list-walks',
    sources: [
      'src/zoom/kit/list-bounds.ts',
      'src/zoom/kit/list-walk.ts',
      'src/zoom/kit/page-refusals.ts',
      'src/zoom/kit/page-size.ts',
      'src/zoom/user/list-order.ts',
      'src/zoom/user/pending-ids.ts',
    ],
    tests: [
      'test/zoom/kit/{list-*,page-size,paged-list}.test.ts',
      'test/zoom/user/{list-order,pending-ids}.test.ts',
    ],
  },
  {
    name: 'filters',
    sources: [
      'src/connid/delta.ts',
      'src/connid/evaluate-filter.ts',
      'src/connid/filter.ts',
      'src/connid/filter-leaf.ts',
      'src/connid/parse-filter.ts',
      'src/connid/scim/parse-scim-filter.ts',
      'src/connid/scim/scim-comparison.ts',
      'src/connid/scim/tokens.ts',
    ],
    tests: ['test/connid/**/*.test.ts'],
  },
  {
    name: 'retry',
    sources: ['src/zoom/client/retry.ts'],
    tests: ['test/zoom/client/retry.test.ts'],
  },
];

/**
 * The areas that the arguments of the command ask for, all of them when there are none.
 * @param {readonly string[]} args - names of areas or source files; an option `--mutate` may stand before the files
 */
export function selectAreas(args) {
  const asked = args.flatMap((arg) => arg.replace(/^--mutate=?/, '').split(',')).filter((arg) => arg !== '');
  if (asked.length === 0) return areas;
  return areas
    .map((area) => ({
      ...area,
      sources: area.sources.filter((source) => asked.includes(area.name) || asked.includes(source)),
    }))
    .filter(({ sources }) => sources.length > 0);
}
