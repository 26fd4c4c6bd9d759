import type { ScalarName, Scalars } from './fields.js';
import type { classNames, layouts } from './layouts.js';

type Layouts = typeof layouts;

/** The name of a type that can be an object. */
export type Kind = keyof Layouts;

/** The name of a class. */
export type ClassName = Kind | (typeof classNames)[number];

/** A class, or the array of its objects. */
export type ClassReference = ClassName | `${ClassName}[]`;

type ObjectIn<F> = F extends { readonly of: infer K extends Kind } ? Wire<K> : WireValue;

type ContentsIn<F> = F extends { readonly contents: infer C extends ScalarName }
  ? Scalars[C] | (F extends { readonly initial: null } ? null : never)
  : F extends { readonly contents: 'class' }
    ? ClassReference | (F extends { readonly initial: null } ? null : never)
    : ObjectIn<F> | null;

type Member<F> = F extends { readonly place: 'items' }
  ? readonly ObjectIn<F>[]
  : F extends { readonly place: 'chain' }
    ? readonly WireValue[]
    : ContentsIn<F>;

/** An object of one kind. Its members are those of the kind's layout. */
export type Wire<K extends Kind> = { readonly kind: K } & {
  readonly [M in keyof Layouts[K]]: Member<Layouts[K][M]>;
};

/** An array. Lists and sets are kinds of their own. */
export interface WireArray {
  readonly kind: 'Array';
  readonly component: ClassName;
  readonly items: readonly WireValue[];
}

/** A value or message of the protocol. Its kind says which members it has. */
export type WireObject = { readonly [K in Kind]: Wire<K> }[Kind] | WireArray;

/** An object, or Java's `null`. */
export type WireValue = WireObject | null;

/** A violation of the binary format or of its limits. The stream cannot be read any further. */
export class WireError extends Error {
  override readonly name = 'WireError';
}
