import { toConnectorError } from '../../connid/errors.js';
import { type Wire, WireError, type WireValue } from '../codec/wire-value.js';
import { errorResponse, failurePart, invalidKeyAnswer } from '../messages/answers.js';
import { answerOperation, type AnswerTimes, type RunningOperation } from './answer-operation.js';
import type { KeyVerifier } from './keys.js';
import type { WireStream } from './wire-stream.js';
import type { WrongKeys } from './wrong-keys.js';

/** The bounds of a session. Times in milliseconds. */
export interface SessionLimits extends AnswerTimes {
  /** From the beginning of a connection, or of a further request, until the key has been shown. */
  readonly keyMs: number;
  /** Size of the messages before the key, and of the key. */
  readonly strangerBytes: number;
  /** Size of a request with a wrong key. */
  readonly refusedBytes: number;
}

/** An operation that a host calls, and who the host is. */
export interface OperationOfHost {
  readonly request: Wire<'OperationRequest'>;
  /** The name of the key. */
  readonly caller: string;
  /** The address of the host. */
  readonly peer: string;
  /** Aborted when the host is gone. */
  readonly signal: AbortSignal;
}

/** The parts behind a session. */
export interface SessionParts {
  readonly keyOf: KeyVerifier;
  readonly wrongKeys: WrongKeys;
  readonly peer: string;
  readonly limits: SessionLimits;
  readonly hello: (infoLevel: number) => Wire<'HelloResponse'>;
  /** @throws ConnectorError for a call that cannot begin. */
  readonly operate: (operation: OperationOfHost) => RunningOperation;
  /** Called when a session ends because of the peer, with the reason in words that repeat nothing of what it sent. */
  readonly refused: (reason: string) => void;
  /** Called when a request begins and ends, so that a shutdown can wait for it. */
  readonly busy: (isBusy: boolean) => void;
}

/** Serves a connection until the peer ends it or breaks the protocol. */
export async function serveSession(stream: WireStream, parts: SessionParts): Promise<void> {
  try {
    const session = new Session(stream, parts);
    while (await session.serveRequest());
  } catch (thrown) {
    if (thrown instanceof WireError) parts.refused('The bytes break the protocol or its limits.');
    else if (!stream.closed.aborted) throw thrown;
  } finally {
    await stream.end(parts.limits.idleMs);
  }
}

class Session {
  #isKnown = false;

  constructor(
    private readonly stream: WireStream,
    private readonly parts: SessionParts,
  ) {}

  /** @returns false when the session has ended. */
  async serveRequest(): Promise<boolean> {
    const key = await this.#readKey();
    if (key === undefined) return false;
    const caller = this.parts.keyOf(key);
    if (caller === undefined) return this.#refuseKey();
    this.#isKnown = true;
    const request = await this.#readRequest();
    if (request === undefined) return false;
    this.parts.busy(true);
    try {
      return await this.#answer(request, caller);
    } finally {
      this.parts.busy(false);
    }
  }

  /** A known host may be idle between two requests. A stranger has to show the key in time, in however many parts. */
  async #readKey(): Promise<Wire<'GuardedString'> | undefined> {
    const { keyMs, idleMs, strangerBytes } = this.parts.limits;
    const read = (waitMs: number): Promise<WireValue | undefined> => this.stream.read(waitMs, strangerBytes);
    const deadline = this.#isKnown ? undefined : setTimeout(() => this.stream.abandon(), keyMs);
    try {
      const locale = await read(this.#isKnown ? idleMs : keyMs);
      if (locale === undefined) return undefined;
      const key = locale?.kind === 'Locale' ? await read(keyMs) : undefined;
      if (key?.kind === 'GuardedString') return key;
      this.parts.refused('A request begins with something else than a locale and a key.');
      return undefined;
    } finally {
      clearTimeout(deadline);
    }
  }

  /** The request is read all the same, because its kind decides how it is answered. */
  async #refuseKey(): Promise<boolean> {
    const { limits, peer, refused, wrongKeys } = this.parts;
    this.#isKnown = false;
    const { delayMs, reason } = wrongKeys.shown(peer);
    if (reason !== undefined) refused(reason);
    const request = await this.#readRefused();
    const answer = request === undefined || request === null ? undefined : invalidKeyAnswer(request);
    if (answer === undefined) return false;
    await this.stream.pause(delayMs);
    await this.stream.write(answer, limits.idleMs);
    return true;
  }

  async #readRefused(): Promise<WireValue | undefined> {
    const { keyMs, refusedBytes } = this.parts.limits;
    const deadline = setTimeout(() => this.stream.abandon(), keyMs);
    try {
      return await this.stream.read(keyMs, refusedBytes);
    } finally {
      clearTimeout(deadline);
    }
  }

  async #readRequest(): Promise<WireValue | undefined> {
    const { idleMs } = this.parts.limits;
    try {
      return await this.stream.read(idleMs);
    } catch (thrown) {
      if (thrown instanceof WireError) await this.stream.write(errorResponse(thrown.message), idleMs);
      throw thrown;
    }
  }

  async #answer(request: WireValue, caller: string): Promise<boolean> {
    const { limits, hello } = this.parts;
    switch (request?.kind) {
      case 'HelloRequest':
        await this.stream.write(hello(request.infoLevel), limits.idleMs);
        return true;
      case 'EchoMessage':
        await this.stream.write({ ...request, objectXml: null }, limits.idleMs);
        return true;
      case 'OperationRequest':
        await this.#operate(request, caller);
        return true;
      default:
        this.parts.refused('A message is no request.');
        return false;
    }
  }

  async #operate(request: Wire<'OperationRequest'>, caller: string): Promise<void> {
    const { limits, operate, peer } = this.parts;
    let operation: RunningOperation;
    try {
      operation = operate({ request, caller, peer, signal: this.stream.closed });
    } catch (thrown) {
      await this.stream.write(failurePart(toConnectorError(thrown)), limits.idleMs);
      return;
    }
    await answerOperation(this.stream, operation, limits);
  }
}
