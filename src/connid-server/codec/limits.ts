/** Bounds on the input of a stream. Whoever exceeds one has lost the connection. */
export interface Limits {
  /** Size of one message. */
  readonly messageBytes: number;
  /** Names that a stream declares. */
  readonly names: number;
  readonly nameBytes: number;
  /** Objects within each other. Logical filters of one kind within each other count once. */
  readonly depth: number;
  /** Objects of one message. */
  readonly objects: number;
}

export const defaultLimits: Limits = {
  messageBytes: 16 * 1024 * 1024,
  names: 10_000,
  nameBytes: 256,
  depth: 1_000,
  objects: 1_000_000,
};
