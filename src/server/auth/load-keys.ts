import axios from 'axios';
import { open } from 'node:fs/promises';
import { errorCode } from '../../connid/errors.js';
import { maxKeyDocumentBytes } from './key-set.js';

/** Milliseconds that the issuer may take for its keys. */
const timeoutMs = 5_000;

/**
 * Reads an issuer's keys from its URL. Follows no redirect, because that would leave the configured host.
 * @throws Error with the status or the code of the failure, and nothing of the answer.
 */
export async function fetchKeys(url: string): Promise<string> {
  const late = new AbortController();
  const { signal } = late;
  const timer = setTimeout(() => late.abort(), timeoutMs);
  try {
    const { data } = await axios.get<string>(url, {
      maxContentLength: maxKeyDocumentBytes,
      maxRedirects: 0,
      proxy: false,
      responseType: 'text',
      transformResponse: (text: unknown) => text,
      validateStatus: (status) => status === 200,
      headers: { Accept: 'application/jwk-set+json, application/json' },
      signal,
    });
    return data;
  } catch (thrown) {
    throw new Error(failureOf(thrown, signal), { cause: thrown });
  } finally {
    clearTimeout(timer);
  }
}

function failureOf(thrown: unknown, signal: AbortSignal): string {
  if (signal.aborted) return `no answer in ${timeoutMs / 1000} seconds`;
  const status = axios.isAxiosError(thrown) ? thrown.response?.status : undefined;
  if (status !== undefined && status !== 200) return `the answer has the status ${status}`;
  return `the request failed${errorCode(thrown)}`;
}

/**
 * Reads an issuer's keys from a file.
 * @throws Error with the code of the failure.
 */
export async function readKeyFile(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      // A byte more than allowed, so that a larger file is noticed and not read as a whole.
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxKeyDocumentBytes + 1));
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw new Error(`the file cannot be read${errorCode(thrown)}`, { cause: thrown });
  }
}
