import {
  type AttributeDeclaration,
  canonicalValue,
  sameValues,
  type Scalar,
  type Values,
} from '../../connid/attribute.js';
import type { ObjectName, Overlay } from '../object-class/found-object.js';
import type { ExpectedRead } from '../object-class/updateable.js';

/** Milliseconds after a write in which a read that disagrees with it counts as stale. */
export const recentMs = 10_000;

/** The number of objects to remember. Beyond it, the objects with the oldest writes are forgotten. */
const maxObjects = 10_000;

/** An attribute that a write has changed, with its declaration for comparing values. */
export interface WrittenAttribute extends ExpectedRead {
  readonly declaration: AttributeDeclaration;
}

/** Finds the declaration of an attribute of a class. */
export type Declarations = (objectClass: string, name: string) => AttributeDeclaration | undefined;

/** Recent writes to one attribute. */
interface Memory {
  readonly declaration: AttributeDeclaration;
  /** Single-valued: the values as a whole. */
  whole?: { readonly values: Values; readonly until: number };
  /** Multi-valued: added (`present`) and removed values, by canonical value. */
  readonly parts: Map<Scalar, { readonly value: Scalar; readonly present: boolean; readonly until: number }>;
}

interface WrittenObject {
  readonly attributes: Map<string, Memory>;
  /** The object was deleted. */
  gone: boolean;
  until: number;
}

/**
 * Remembers the writes of the last seconds, in this process. A report may come some time after the write: then it has
 * an age, in milliseconds.
 */
export class RecentWrites {
  /** In order of the latest write; the most recent comes last. */
  readonly #objects = new Map<string, WrittenObject>();

  /** @param now - milliseconds. */
  constructor(private readonly now: () => number) {}

  /** Called before a read. Learns of writes elsewhere, if others share this memory. */
  refresh(_declarations: Declarations): Promise<void> | undefined {
    return undefined;
  }

  /** Remembers an attribute that was written. */
  remember({ added, declaration, name, removed, values, ...object }: WrittenAttribute, ageMs = 0): void {
    const memory = this.#memoryOf(this.#touch(object, ageMs), name, declaration);
    const until = this.now() + recentMs - ageMs;
    if (declaration.multiValued !== true) memory.whole = { values, until };
    const notePart = (value: Scalar, present: boolean): void =>
      void memory.parts.set(canonicalValue(declaration, value), { value, present, until });
    for (const value of removed) notePart(value, false);
    for (const value of added) notePart(value, true);
  }

  /** Forgets an attribute after a write with unknown result. */
  invalidate({ added, declaration, name, objectClass, removed, uid }: WrittenAttribute, _ageMs = 0): void {
    const attributes = this.#objects.get(keyOf({ objectClass, uid }))?.attributes;
    const memory = attributes?.get(name);
    if (memory === undefined) return;
    if (declaration.multiValued !== true) attributes?.delete(name);
    for (const value of [...added, ...removed]) memory.parts.delete(canonicalValue(declaration, value));
  }

  /** Remembers that an object was deleted, and forgets values of other objects that refer to it. */
  rememberDeleted(object: ObjectName, ageMs = 0): void {
    const written = this.#touch(object, ageMs);
    written.attributes.clear();
    written.gone = true;
    this.#dropReferences(object);
  }

  /** Forgets an object: it is new, or its state is unknown. */
  forget(object: ObjectName): void {
    this.#objects.delete(keyOf(object));
    this.#dropReferences(object);
  }

  /** Forgets the values of other objects that refer to this object. */
  invalidateReferences(object: ObjectName): void {
    this.#dropReferences(object);
  }

  #dropReferences({ uid }: ObjectName): void {
    for (const { attributes } of this.#objects.values()) {
      for (const { parts } of attributes.values()) parts.delete(uid);
    }
  }

  isGone(object: ObjectName): boolean {
    const written = this.#objects.get(keyOf(object));
    return written?.gone === true && written.until > this.now();
  }

  /** The overlay also contains writes that follow later: an object may be read some time before it is changed. */
  overlayOf(object: ObjectName): Overlay {
    const key = keyOf(object);
    return {
      over: (name, read) => {
        const memory = this.#objects.get(key)?.attributes.get(name);
        return memory === undefined || read === undefined ? read : valuesOver(memory, read, this.now());
      },
    };
  }

  #touch(object: ObjectName, ageMs: number): WrittenObject {
    const key = keyOf(object);
    const written = this.#objects.get(key) ?? { attributes: new Map(), gone: false, until: 0 };
    written.until = this.now() + recentMs - ageMs;
    this.#objects.delete(key);
    this.#objects.set(key, written);
    this.#trim();
    return written;
  }

  #trim(): void {
    for (const [key, { until }] of this.#objects) {
      if (until > this.now() && this.#objects.size <= maxObjects) return;
      this.#objects.delete(key);
    }
  }

  #memoryOf({ attributes }: WrittenObject, name: string, declaration: AttributeDeclaration): Memory {
    const memory = attributes.get(name) ?? { declaration, parts: new Map() };
    attributes.set(name, memory);
    return memory;
  }
}

function keyOf({ objectClass, uid }: ObjectName): string {
  return `${objectClass}/${uid}`;
}

function valuesOver({ declaration, parts, whole }: Memory, read: Values, now: number): Values {
  if (declaration.multiValued !== true) {
    const isStale = whole !== undefined && whole.until > now && !sameValues(declaration, read, whole.values);
    return isStale ? whole.values : read;
  }
  const recent = [...parts.values()].filter(({ until }) => until > now);
  const keyed = new Map(read.map((value) => [canonicalValue(declaration, value), value]));
  for (const { present, value } of recent) {
    const key = canonicalValue(declaration, value);
    if (!present) keyed.delete(key);
    else if (!keyed.has(key)) keyed.set(key, value);
  }
  return [...keyed.values()];
}
