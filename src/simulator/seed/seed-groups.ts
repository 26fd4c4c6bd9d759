import { isoTime, seedInstant } from '../core/clock.js';
import { createId } from '../core/ids.js';
import type { Random } from '../core/random.js';
import type { Group } from '../state/group.js';
import type { World } from '../world.js';
import { groupNames } from './names.js';

/** Makes the groups and spreads the users over them: some in none, most in one, some in three. */
export function seedGroups(world: World, random: Random): void {
  const createdAt = isoTime(seedInstant - 30 * 86_400_000);
  const groups = Array.from({ length: world.options.groups }, (_, index) =>
    world.groups.add(createId(random), groupNames[index] ?? `Group ${index + 1}`, createdAt),
  );
  if (groups.length === 0) return;
  for (const status of ['active', 'inactive'] as const) {
    for (const user of world.users.list(status)) {
      for (const group of groupsOf(user.seq, groups)) world.groups.join(group, user);
    }
  }
  groups[0]?.admins.push(...world.users.list('active', '1'));
}

function groupsOf(seq: number, groups: readonly Group[]): readonly Group[] {
  const count = seq % 10 === 0 ? 0 : seq % 10 === 1 ? 3 : 1;
  const start = seq % groups.length;
  // Written twice in a row, the list can be cut at any start.
  return [...groups, ...groups].slice(start, start + Math.min(count, groups.length));
}
