import { ApiError } from '../http/api-error.js';
import type { World } from '../world.js';

/**
 * The refusal of a name that is taken. Zoom documents 409; the status is an option because a published guide
 * tells administrators to expect 412.
 */
export function duplicate(world: World, code: number, message: string): ApiError {
  const { duplicateStatus, duplicateBody } = world.options;
  const body = duplicateBody === 'code' ? { code, message } : { message };
  return new ApiError({ status: duplicateStatus, body });
}

export function emailTaken(world: World, email: string): ApiError {
  return duplicate(world, 1005, `Email "${email}" has already been used.`);
}

export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

export function isManaged(world: World, email: string): boolean {
  return world.options.managedDomains.includes(domainOf(email));
}

export function isEmail(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 128 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
}
