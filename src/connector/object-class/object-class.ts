import type { Attributes, Values } from '../../connid/attribute.js';
import type { Change, ResolvedChange } from '../../connid/delta.js';
import type { ConnectorError } from '../../connid/errors.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { OperationName } from '../connector.js';
import type { ExpectedRead } from '../writes/recent-writes.js';
import type { Call, Session } from './call.js';
import type { Endpoint } from './endpoint.js';
import type { FoundObject, ObjectName } from './found-object.js';
import type { Listing, ListQuery, Partition } from './listing.js';
import type { Plan } from './plan.js';
import type { ReadingTable } from './reading.js';

/** A way to address one object: equality on an attribute that the target can look up. */
export interface ObjectKey {
  readonly attribute: string;
  readonly value: string;
  /**
   * Look also where only a listing tells, at the cost of one: the values of all keys that are looked up together. They
   * share this set, and with it the listing.
   */
  readonly alsoSearchListings?: ReadonlySet<string>;
  /** The look-up precedes a create of this name. */
  readonly beforeCreate?: boolean;
  /** Last known name, for objects whose uid changed. */
  readonly nameHint?: string | undefined;
}

/** An attribute whose equality the target answers with a single read. */
interface KeyAttribute {
  readonly attribute: string;
  /** Whether the target can look this value up; every value when missing. */
  readonly accepts?: (value: string) => boolean;
  /** Whether looking up costs a listing, so that one listing is cheaper than several look-ups. */
  readonly costsListing?: true;
}

/** What a change is part of; decides what happens to attributes that the object's state refuses. */
export type Occasion = 'update' | 'create' | 'adopt';

/** Input of update planning. */
export interface UpdateInput {
  readonly uid: string;
  /** The object and its decoded attributes; absent when the class needs no read for these changes. */
  readonly state?: { readonly found: FoundObject; readonly attributes: Attributes };
  /** Changes that are not known to be no-ops, in the order of the attribute table. */
  readonly changes: readonly ResolvedChange[];
  /** Changes that leave the object as it is; for attributes that have to agree with each other. */
  readonly noOps: readonly ResolvedChange[];
  readonly occasion: Occasion;
}

/**
 * Reads back a change in a way of its own.
 * @returns the values of the attribute, of which those suffice that came or went; `undefined` when they can not be told.
 */
export type ReadBack = (uid: string, change: ResolvedChange, session: Session) => Promise<Values | undefined>;

/** How a new object is made. */
export interface CreatePlan {
  readonly call: Call;
  /** Attributes the call takes care of; the rest follows as an update plan. */
  readonly covered: ReadonlySet<string>;
}

/**
 * One object class of the target: its tables and the few decisions that no table can hold. The operations of the
 * connector work on any object class through this face.
 */
export interface ObjectClass {
  readonly view: ObjectClassView;
  readonly operations: readonly OperationName[];
  /** For operations that are switched off: what to do to have them. */
  readonly unsupportedHints?: Readonly<Partial<Record<OperationName, string>>>;
  readonly reading: ReadingTable;
  readonly keys: readonly KeyAttribute[];
  /** Attributes by whose equality the target can narrow a listing. */
  readonly narrowings: readonly string[];
  /** In the order in which they are listed. */
  readonly partitions: readonly Partition[];
  /** Endpoints the class can not do without, and those that only some operations need. */
  readonly endpoints: { readonly required: readonly Endpoint[]; readonly optional: readonly Endpoint[] };
  /** The cheapest call that proves the class can be read. */
  readonly probe: Call;

  /** @returns `undefined` when there is no such object. */
  find(key: ObjectKey, sources: ReadonlySet<string>, session: Session): Promise<FoundObject | undefined>;
  /** What to know about objects that are not found, where the target does not show all there are. */
  readonly absenceHint?: string;
  /**
   * Begins a listing of every object of the partitions, each once.
   * @param state - of an earlier listing of the same query, to go on from.
   */
  openListing(query: ListQuery, state?: unknown): Listing;

  /** Sources to be read before these changes can be planned; `undefined` when no read is needed. */
  stateSources(changes: readonly Change[]): ReadonlySet<string> | undefined;
  /** Plans an update. Facts beyond the object itself that some changes need are read through the session. */
  planUpdate(input: UpdateInput, session: Session): Promise<Plan>;
  /**
   * Other objects that changes write to, where a write of such an object, planned before and sent after, would undo
   * them: they are locked as well.
   */
  readonly alsoChanges?: (changes: readonly ResolvedChange[]) => readonly ObjectName[];
  /** What reads will tell once a change is made, of this object and of others. Without it nothing is remembered. */
  readonly effectsOnReads?: (uid: string, change: ResolvedChange) => readonly ExpectedRead[];
  /** How to read back a change of which a read of the object does not tell, or not soon. */
  readonly readBack?: (change: ResolvedChange) => ReadBack | undefined;
  /**
   * Attributes of which a refusal tells better than the records the plan was made from: with them the update is
   * planned anew. Empty when it tells nothing new; without it a refusal is a refusal.
   */
  readonly factsFromRefusal?: (refusal: ConnectorError, found: FoundObject) => Attributes;

  /** Plans a create; asked again after the look-up by name, which may have told more. No call is made. */
  planCreate(attributes: Attributes, session: Session): CreatePlan;
  /**
   * Refuses what only the account tells to be wrong, where the create call does not take it: found by the update that
   * follows, the object would be there and the create could be repeated for ever.
   * @throws ConnectorError `invalidAttributeValue`.
   */
  readonly checkCreate?: (attributes: Attributes, session: Session) => Promise<void>;
  /** Uid and name from the answer to the create call, as far as it tells them. */
  created(answer: unknown): { readonly uid: string | undefined; readonly name: string | undefined };
  /** How to say that a name is taken although no object of the account has it. */
  readonly nameTakenElsewhere: { readonly message: string; readonly hint: string };
  /** Sources the look-up before a create reads: enough to decide on adoption. */
  readonly adoptionSources: ReadonlySet<string>;
  /** Why an existing object must not be adopted by a create; `undefined` when it may. */
  adoptionRefusal(found: FoundObject): string | undefined;

  /** Sources to be read before a delete; `undefined` when no read is needed. */
  readonly deleteSources: ReadonlySet<string> | undefined;
  planDelete(uid: string, found: FoundObject | undefined): Plan;
}
