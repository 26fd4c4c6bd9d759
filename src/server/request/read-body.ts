import express, { type Request, type RequestHandler, type Response } from 'express';

import { ConnectorError } from '../../connid/errors.js';
import { HttpProblem } from '../problem/http-problem.js';
import { parseJsonText } from './json-text.js';

/** Reads the JSON body of a request. */
export type BodyReader = (request: Request, response: Response) => Promise<unknown>;

/**
 * Makes a reader that refuses large bodies.
 * @param limitBytes - maximum size before and after decompression.
 */
export function createBodyReader(limitBytes: number): BodyReader {
  const parser = express.raw({ type: () => true, limit: limitBytes });
  return async (request, response) => {
    if (!hasBody(request)) throw new ConnectorError('illegalArgument', 'The body is missing; send JSON.');
    assertJsonType(request.headers['content-type']);
    const bytes = await readBytes(parser, request, response).catch((error: unknown) => {
      throw readFailure(error, limitBytes);
    });
    return parseJsonText(decode(bytes));
  };
}

function hasBody({ headers }: Request): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Accepts UTF-8 only, as RFC 8259 demands: we would decode other character sets wrongly. */
function assertJsonType(contentType = ''): void {
  const [mediaType = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  if (mediaType !== 'application/json') {
    throw new HttpProblem('unsupportedMediaType', { detail: 'The body must be application/json.' });
  }
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && charset.replaceAll('"', '') !== 'utf-8') {
    throw new HttpProblem('unsupportedMediaType', { detail: 'The body must be UTF-8.' });
  }
}

function readBytes(parser: RequestHandler, request: Request, response: Response): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    void parser(request, response, (error?: unknown) => {
      if (error === undefined) resolve(request.body as Buffer);
      else reject(error instanceof Error ? error : new Error('The body could not be read.'));
    });
  });
}

/** Converts errors of the raw body parser, by their member `type`. */
function readFailure(error: unknown, limitBytes: number): Error {
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return new HttpProblem('bodyTooLarge', { detail: `The body is larger than ${limitBytes} bytes.` });
    case 'encoding.unsupported':
      return new HttpProblem('unsupportedMediaType', { detail: 'The content encoding is not supported.' });
    default:
      return new ConnectorError('illegalArgument', 'The body could not be read to its end.', {
        cause: error,
      });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Decodes UTF-8 without a byte order mark. Fails on invalid bytes: replacement characters would get into names. */
function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new ConnectorError('illegalArgument', 'The body is not valid UTF-8.', { cause });
  }
}
