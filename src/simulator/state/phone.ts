import type { Licences } from './licences.js';
import type { User } from './records.js';

/** A site of Zoom Phone. The first site of the account is the main site. */
export interface PhoneSite {
  readonly id: string;
  readonly name: string;
  readonly site_code: number;
  readonly receptionist: {
    readonly id: string;
    readonly extension_id: string;
    readonly extension_number: number;
  };
}

/** A phone number of the account. */
export interface PhoneNumber {
  readonly id: string;
  /** E.164, with the plus sign. */
  readonly number: string;
  readonly number_type: 'toll' | 'tollfree';
  readonly status: 'available' | 'pending';
  readonly source: 'internal' | 'external';
  site: PhoneSite;
  owner: PhoneUser | undefined;
}

/** A user of Zoom Phone. */
export interface PhoneUser {
  readonly user: User;
  readonly phone_user_id: string;
  readonly extension_id: string;
  extension_number: number;
  site: PhoneSite;
  status: 'activate' | 'deactivate';
  /** Codes of the calling plans. */
  plans: readonly number[];
  numbers: readonly PhoneNumber[];
  policy: Readonly<Record<string, unknown>>;
  settings: Readonly<Record<string, unknown>>;
  emergency_address_id: string;
  /** Reads do not find the record before this time. */
  readonly readableAt: number;
}

/** Zoom Phone of the account: sites, numbers, users. Calling plans are pools in the licence inventory. */
export class Phone {
  readonly sites: PhoneSite[] = [];
  readonly #users = new Map<User, PhoneUser>();
  readonly #list: PhoneUser[] = [];
  readonly #numbersById = new Map<string, PhoneNumber>();
  readonly #numbersByDigits = new Map<string, PhoneNumber>();
  readonly #extensions = new Set<number>();
  readonly #licences: Licences;
  #nextExtension = 1000;

  constructor(licences: Licences) {
    this.#licences = licences;
  }

  /** Phone users in the order in which they got Zoom Phone. */
  get users(): readonly PhoneUser[] {
    return this.#list;
  }

  get numbers(): PhoneNumber[] {
    return [...this.#numbersById.values()];
  }

  get mainSite(): PhoneSite {
    const [main] = this.sites;
    if (!main) throw new Error('An account with Zoom Phone has a main site');
    return main;
  }

  site(id: string): PhoneSite | undefined {
    return this.sites.find((site) => site.id === id);
  }

  userOf(user: User): PhoneUser | undefined {
    return this.#users.get(user);
  }

  /** Finds a number by its id or by its digits, with or without plus sign. */
  number(key: string): PhoneNumber | undefined {
    return this.#numbersById.get(key) ?? this.#numbersByDigits.get(key.replace(/\D/g, ''));
  }

  addNumber(number: PhoneNumber): void {
    this.#numbersById.set(number.id, number);
    this.#numbersByDigits.set(number.number.slice(1), number);
  }

  addUser(phoneUser: PhoneUser): void {
    this.#users.set(phoneUser.user, phoneUser);
    this.#list.push(phoneUser);
    this.#extensions.add(phoneUser.extension_number);
  }

  /** Removes Zoom Phone from a user. Releases the plans and unassigns the numbers. */
  removeUser(user: User): void {
    const phoneUser = this.#users.get(user);
    if (!phoneUser) return;
    for (const plan of phoneUser.plans) this.removePlan(phoneUser, plan);
    for (const number of phoneUser.numbers) number.owner = undefined;
    this.#extensions.delete(phoneUser.extension_number);
    this.#users.delete(user);
    this.#list.splice(this.#list.indexOf(phoneUser), 1);
  }

  isTaken(extension: number): boolean {
    return this.#extensions.has(extension);
  }

  setExtension(phoneUser: PhoneUser, extension: number): void {
    this.#extensions.delete(phoneUser.extension_number);
    phoneUser.extension_number = extension;
    this.#extensions.add(extension);
  }

  /** The next free extension of a site: its code followed by a short extension. */
  freeExtension(site: PhoneSite): number {
    for (;;) {
      const extension = Number(`${site.site_code}${this.#nextExtension}`);
      this.#nextExtension += 1;
      if (!this.#extensions.has(extension)) return extension;
    }
  }

  addPlan(phoneUser: PhoneUser, plan: number): void {
    phoneUser.plans = [...phoneUser.plans, plan];
    this.#licences.adjust(planPool(plan), 1);
  }

  removePlan(phoneUser: PhoneUser, plan: number): void {
    phoneUser.plans = phoneUser.plans.filter((other) => other !== plan);
    this.#licences.adjust(planPool(plan), -1);
  }

  assign(phoneUser: PhoneUser, number: PhoneNumber): void {
    number.owner = phoneUser;
    phoneUser.numbers = [...phoneUser.numbers, number];
  }

  unassign(phoneUser: PhoneUser, number: PhoneNumber): void {
    number.owner = undefined;
    phoneUser.numbers = phoneUser.numbers.filter((other) => other !== number);
  }
}

/** The licence pool of a calling plan. */
export function planPool(plan: number): string {
  return `plan:${plan}`;
}
