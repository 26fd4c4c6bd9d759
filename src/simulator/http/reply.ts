/** What a handler answers; without a body the answer is empty. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

/** The answer of most writes: 204 without a body. */
export const noContent: Reply = { status: 204 };
