import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import axios, { AxiosError, type AxiosResponse, isCancel } from 'axios';
import { once } from 'node:events';
import { createServer, globalAgent, type RequestListener, type Server } from 'node:http';
import { globalAgent as httpsAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { httpAdapter } from '../../../src/zoom/client/http-adapter.js';

let server: Server;
let listener: RequestListener;
let url: string;

beforeEach(async () => {
  server = createServer((request, response) => listener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/path?a=b`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const client = axios.create({ adapter: httpAdapter(globalAgent, httpsAgent), validateStatus: () => true });

const send = (config: object = {}): Promise<AxiosResponse<Readable>> =>
  client.request<Readable>({ url, ...config });

describe("the adapter for Node's HTTP client", () => {
  it('sends method, path, headers and body, and returns status, the headers we use and body', async () => {
    listener = (request, response) => {
      const { headers, method, url: path } = request;
      void text(request).then((body) => {
        response.writeHead(201, { 'X-Answer': 'no', 'X-Zm-Trackingid': 'v=2' });
        response.end(
          JSON.stringify({
            method,
            path,
            body,
            type: headers['content-type'],
            length: headers['content-length'],
          }),
        );
      });
    };
    const headers = { 'Content-Type': 'application/json' };
    const { data, headers: answered, status } = await send({ method: 'patch', data: '{"é":1}', headers });
    expect(status).toBe(201);
    expect(answered).toMatchObject({ 'x-zm-trackingid': 'v=2' });
    expect(answered).not.toHaveProperty('x-answer');
    expect(JSON.parse(await text(data))).toEqual({
      method: 'PATCH',
      path: '/path?a=b',
      body: '{"é":1}',
      type: 'application/json',
      length: '8',
    });
  });

  it('follows no redirect', async () => {
    listener = (_, response) => response.writeHead(302, { Location: '/elsewhere' }).end();
    const { data, status } = await send();
    expect([status, await text(data)]).toEqual([302, '']);
  });

  it('unpacks gzip, and fails when what is packed is broken', async () => {
    const packed = gzipSync('x'.repeat(100_000));
    listener = (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed);
    expect(await text((await send()).data)).toHaveLength(100_000);
    listener = (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip');
    await expect(text((await send()).data)).rejects.toThrow('incorrect header check');
  });

  it('fails when the connection ends before the body does', async () => {
    listener = (_, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('half');
      setImmediate(() => response.destroy());
    };
    await expect(send().then(({ data }) => text(data))).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('fails when the server switches protocols', async () => {
    listener = (request) => {
      request.socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
    };
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('fails with an error of axios that contains the code of Node', async () => {
    server.close();
    server.closeAllConnections();
    const failure: unknown = await send().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AxiosError);
    expect(failure).toMatchObject({ code: 'ECONNREFUSED', config: { url } });
    await expect(send({ url: 'http://' })).rejects.toMatchObject({ code: 'ERR_INVALID_URL' });
  });

  it.each(['before the answer', 'in the middle of the body'])(
    'ends when the signal aborts %s',
    async (when) => {
      const abort = new AbortController();
      listener = (_, response) => {
        if (when === 'before the answer') abort.abort();
        else response.writeHead(200).write('half');
      };
      const failure: unknown = await send({ signal: abort.signal })
        .then(async ({ data }) => {
          abort.abort();
          return text(data);
        })
        .catch((error: unknown) => error);
      expect(isCancel(failure)).toBe(true);
    },
  );

  it('sends nothing when the signal has aborted before', async () => {
    listener = () => {
      throw new Error('a request has arrived');
    };
    await expect(send({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ERR_CANCELED' });
  });
});
