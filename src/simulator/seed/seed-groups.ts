import { day, isoTime, seedInstant } from '../core/clock.js';
import { createId } from '../core/ids.js';
import type { Random } from '../core/random.js';
import type { Group } from '../state/group.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { groupNames } from './names.js';

/** Makes the groups and spreads the users over them: some in none, most in one, some in three. */
export function seedGroups(world: World, random: Random): void {
  const createdAt = isoTime(seedInstant - 30 * day);
  const groups = Array.from({ length: world.options.groups }, (_, index) =>
    world.groups.add(createId(random), groupNames[index] ?? `Group ${index + 1}`, createdAt),
  );
  if (groups.length === 0) return;
  // Written twice in a row, the list can be cut at any start.
  const circle = [...groups, ...groups];
  for (const status of ['active', 'inactive'] as const) {
    for (const user of world.users.list(status)) {
      const start = user.seq % groups.length;
      const end = start + Math.min(groupCount(user.seq), groups.length);
      for (let index = start; index < end; index += 1) join(world, circle[index], user);
    }
  }
  groups[0]?.admins.push(...world.users.list('active', '1'));
}

function join(world: World, group: Group | undefined, user: User): void {
  if (group) world.groups.join(group, user);
}

function groupCount(seq: number): number {
  if (seq % 10 === 0) return 0;
  return seq % 10 === 1 ? 3 : 1;
}
