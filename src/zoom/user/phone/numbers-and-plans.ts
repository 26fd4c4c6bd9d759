import type { Values } from '../../../connid/attribute.js';
import { objectsAt, read } from '../../kit/json.js';

/** A number as people write it, with its country code. */
export const phoneNumberForm = {
  pattern: /^\s*\+?(?:[\s().-]*\d){3,15}[\s().-]*$/,
  words: 'a phone number in E.164, such as +12055437350',
} as const;

/** The digits of a number, the same however it is written: Zoom itself writes numbers with and without `+`. */
export function canonicalNumber(value: string): string {
  return value.replaceAll(/\D/g, '');
}

/** A number in E.164. */
export function toE164(value: unknown): string {
  return `+${canonicalNumber(String(value))}`;
}

/** Reads the numbers of a phone user. */
export function readPhoneNumbers(record: unknown): Values {
  return numbersOf(record).map(({ number }) => number);
}

/** A number of a phone user in E.164, with Zoom's id of it where the record has one. */
export interface PhoneNumber {
  readonly number: string;
  readonly id?: string;
}

/** The numbers of a phone user. */
export function numbersOf(record: unknown): readonly PhoneNumber[] {
  return objectsAt(record, 'phone_numbers').flatMap((entry) => {
    const [number] = read.text('number')(entry) ?? [];
    const [id] = read.text('id')(entry) ?? [];
    if (number === undefined) return [];
    return [{ number: toE164(number), ...(id !== undefined && { id: String(id) }) }];
  });
}

/**
 * The codes of a phone user's calling plans, each once: a user may have the same plan from several billing accounts.
 */
export function readPlans(record: unknown): readonly number[] {
  const types = objectsAt(record, 'calling_plans').flatMap((plan) => read.integer('type')(plan) ?? []);
  return [...new Set(types.map(Number))];
}
