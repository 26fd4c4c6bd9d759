import type { Random } from '../core/random.js';
import type { Fault, FaultAction, FaultMatch, FaultRule } from './fault.js';

/** The properties of a call that faults are matched against. */
interface FaultTarget {
  readonly method: string;
  /** Pattern of the route; undefined for an unknown path. */
  readonly pattern: string | undefined;
  /** Path relative to the API's base. */
  readonly path: string;
}

/** The faults in force. */
export class Faults {
  #faults: Fault[] = [];
  #added = 0;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Puts a fault in force and returns its id. */
  add(rule: FaultRule): string {
    this.#added += 1;
    const id = `fault-${this.#added}`;
    this.#faults = [...this.#faults, { ...rule, id, matched: 0, struck: 0 }];
    return id;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  /** Removes one fault, or all, and returns the number removed. */
  clear(id?: string): number {
    const before = this.#faults.length;
    this.#faults = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
    return before - this.#faults.length;
  }

  /** The actions that apply to a call, oldest fault first. Counts the call for its faults. */
  matching(target: FaultTarget): { id: string; action: FaultAction }[] {
    if (this.#faults.length === 0) return [];
    return this.#faults
      .filter((fault) => this.#takesEffect(fault, target))
      .map(({ id, action }) => ({ id, action }));
  }

  #takesEffect(fault: Fault, target: FaultTarget): boolean {
    const match = fault.match ?? {};
    if (!matches(match, target)) return false;
    fault.matched += 1;
    const times = match.times ?? (match.nth === undefined ? Infinity : 1);
    if (fault.matched < (match.nth ?? 1) || fault.struck >= times) return false;
    if (match.probability !== undefined && this.#random.next() >= match.probability) return false;
    fault.struck += 1;
    return true;
  }
}

function matches(match: FaultMatch, target: FaultTarget): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== target.method) return false;
  const { path } = match;
  if (path === undefined || path === target.pattern || path === target.path) return true;
  return path.includes('*') && toExpression(path).test(target.path);
}

function toExpression(glob: string): RegExp {
  const parts = glob.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}
