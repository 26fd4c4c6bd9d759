import { AxiosError, type AxiosAdapter, type AxiosResponse } from 'axios';
import type { Readable } from 'node:stream';
import type { AnswerBudget, AnswerShare } from './answer-budget.js';
import { answerTooLarge } from '../kit/page-refusals.js';
import { readBody } from './errors/json-body.js';

/**
 * Sends a request over HTTP and reads the answer, as an `AnswerBody`, within the budget. The bytes count until the JSON
 * is read. A page of a long list takes milliseconds to read, so searches take turns.
 * @param send - an adapter that returns the answer as a stream.
 * @returns an adapter of axios. Its errors are those of axios.
 */
export function boundedAdapter(budget: AnswerBudget, send: AxiosAdapter): AxiosAdapter {
  return async (config) => {
    const response = (await send(config)) as AxiosResponse<Readable>;
    const share = budget.open();
    try {
      const bytes = await readBytes(response, share, budget.each);
      await config.callRun?.context.turns?.due();
      return Object.assign(response, { data: readBody(decoded(bytes)) });
    } catch (error) {
      throw error instanceof AxiosError ? error : AxiosError.from(error, undefined, config);
    } finally {
      share.release();
    }
  };
}

/** The text of an answer in UTF-8. */
function decoded(bytes: readonly Buffer[]): string {
  return Buffer.concat(bytes)
    .toString()
    .replace(/^\uFEFF/, '');
}

/**
 * Reads the answer. Reading pauses while the budget has no room; an abort of the request ends it as an error
 * of the stream.
 */
function readBytes(
  response: AxiosResponse<Readable>,
  share: AnswerShare,
  maxBytes: number,
): Promise<readonly Buffer[]> {
  const { config, data: stream, headers } = response;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = (): void => void stream.destroy(new AxiosError('too large', answerTooLarge, config));
    const breakOff = (): void => {
      if (!stream.readableEnded) reject(stream.errored ?? new AxiosError('broken off', 'ECONNRESET', config));
    };
    if (stream.destroyed) breakOff();
    stream.on('error', reject);
    stream.on('close', breakOff);
    stream.on('end', () => resolve(chunks));
    if (Number(headers['content-length']) > maxBytes) refuse();
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        refuse();
        return;
      }
      chunks.push(chunk);
      if (!share.take(chunk.length, () => stream.resume())) stream.pause();
    });
  });
}
