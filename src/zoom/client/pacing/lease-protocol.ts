/** The report and the wish of a replica. All spans in milliseconds; a slot is known by its id. */
export interface LeaseRequest {
  readonly replica: string;
  /** The state that the replica saw last, when that was a short time ago. */
  readonly epoch?: string;
  /** Number of slots that it needs besides those it holds. */
  readonly want: number;
  /** Number of the next slot: its id is `replica:number`. */
  readonly next: number;
  /** The shortest round trip to Zoom. */
  readonly floor: number;
  /** The limit, and the configured limit as text; `learned` when headers named it. */
  readonly requests: number;
  readonly windowMs: number;
  readonly base: string;
  readonly learned: boolean;
  /** Slots are leased so long before they are free, and must be used so long after. */
  readonly aheadMs: number;
  readonly useMs: number;
  /** Zoom counts a request without an answer within this time. */
  readonly strayMs: number;
  /** All replicas that were alone are back after this time. */
  readonly returnMs: number;
  /** All replicas that send have asked after this time. */
  readonly settleMs: number;
  /** This part of a window's slots may be used at once. */
  readonly burst: number;
  /** Ended requests, with the time since then; it is negative when Zoom may still count the request. */
  readonly ended: readonly EndedSlot[];
  readonly unused: readonly string[];
  readonly running: readonly string[];
  readonly pauseMs?: number;
  /** One request probes after the pause. */
  readonly probe?: boolean;
  /** The replica has had no reply yet. */
  readonly isNew: boolean;
  /** The replica was alone before this request. */
  readonly returned: boolean;
  readonly replicas: number;
  /** The allowance of the day, the number that the replica knows of, and its date in days since the epoch. */
  readonly day?: number;
  readonly dayUsed: number;
  readonly dayDate: number;
  readonly spentAlone: number;
  readonly closeDayMs?: number;
}

/** A used slot. */
export interface EndedSlot {
  readonly id: string;
  readonly age: number;
  readonly floor: number;
  readonly answered: boolean;
}

/** What a replica gets. Spans in milliseconds from the run of the script. */
export interface LeaseReply {
  readonly epoch: string;
  /** When each leased slot may be used. */
  readonly offsets?: readonly number[];
  /** When to ask again. */
  readonly again: number;
  readonly paused: number;
  /** Number of replicas that asked lately, with this one. */
  readonly replicas: number;
  readonly day?: { readonly used: number; readonly closed: number };
}

/**
 * Reads the reply of the script.
 * @throws Error when it is not one: something else stands under the key.
 */
export function readReply(text: unknown): LeaseReply {
  const reply: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
  if (!isReply(reply)) throw new Error('The reply of the shared rate budget has an unknown form.');
  return reply;
}

function isReply(value: unknown): value is LeaseReply {
  if (typeof value !== 'object' || value === null) return false;
  const { again, day, epoch, offsets = [], paused, replicas } = value as Record<string, unknown>;
  if (!Array.isArray(offsets) || typeof epoch !== 'string') return false;
  const { closed = 0, used = 0 } = (day ?? {}) as Record<string, unknown>;
  return [again, paused, replicas, closed, used, ...(offsets as unknown[])].every(Number.isFinite);
}
