// Changes the code of the rules in many small ways and says which changes no test notices.
//
//   npm run mutants                                             all areas
//   npm run mutants -- policies filters                         some of them
//   npm run mutants -- --mutate src/zoom/user/policy/*.ts       some files
import { Stryker } from '@stryker-mutator/core';
import { areas, selectAreas } from './mutants/areas.mjs';

const selected = selectAreas(process.argv.slice(2));
if (selected.length === 0) {
  console.error(`Nothing to mutate. Areas are ${areas.map(({ name }) => name).join(', ')}.`);
  process.exitCode = 1;
}
for (const { name, sources, tests } of selected) {
  console.log(`${name}: ${sources.join(', ')}`);
  await new Stryker({
    mutate: [...sources],
    jest: { config: { testMatch: tests.map((pattern) => `<rootDir>/${pattern}`) } },
    htmlReporter: { fileName: `reports/mutants/${name}.html` },
    jsonReporter: { fileName: `reports/mutants/${name}.json` },
  }).runMutationTest();
}
