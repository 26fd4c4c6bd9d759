import { day, isoTime } from '../core/clock.js';
import { createId } from '../core/ids.js';
import type { Group } from '../state/group.js';
import type { World } from '../world.js';

const creationsPerDay = 100;
const maximumGroups = 5000;

/** Adds a group of that name to the account. */
export function addGroup(world: World, name: string): Group {
  const now = world.clock.now();
  world.groups.creations.push(now);
  return world.groups.add(createId(world.random), name, isoTime(now));
}

/** Whether a name has the form that Zoom demands of groups. */
export function isGroupName(name: unknown): name is string {
  return typeof name === 'string' && name.trim() !== '' && name.length < 128;
}

/** 100 creations a day and 5,000 groups in all; without a plan there is no limit. */
export function isQuotaUsedUp(world: World): boolean {
  if (world.options.plan === 'none') return false;
  const since = world.clock.now() - day;
  const today = world.groups.creations.filter((instant) => instant > since).length;
  return today >= creationsPerDay || world.groups.size >= maximumGroups;
}
