import { expect, it } from '@jest/globals';
import { examples } from '../../src/cli/greeting.js';
import { commandsOf, pageText } from '../support/documented-requests.js';
import { startService } from '../support/service.js';

const readme = pageText('README.md');

it("the README's tour does what it says", async () => {
  const service = await startService({ simulator: { users: 1000, groups: 20 } });
  const run = async (text: string): Promise<readonly number[]> => {
    const statuses: number[] = [];
    for (const { body, path, posts } of commandsOf(text)) {
      const answer = posts ? await service.post(path.replace('/v1/', ''), body) : await service.get(path);
      statuses.push(answer.status);
    }
    return statuses;
  };
  // Who follows the README sees these first.
  expect(await run(examples('http://127.0.0.1:8080/v1', 'rest'))).toEqual([200, 201, 200]);
  expect(await run(readme)).toEqual([200, 200, 200, 200, 201, 409, 201, 200, 200, 200, 204]);
  const john = service.simulator.state.users.byEmail('john.roe@example.com');
  expect(john).toMatchObject({ status: 'inactive', first_name: 'Johnny', dept: 'Sales' });
  const owner = [...service.simulator.state.users.all()].find(({ role_id }) => role_id === '0');
  expect(readme).toContain(`"EMAIL": "${owner?.email ?? ''}"`);
  await service.close();
});
