/**
 * The least service of the same libraries: Express with its JSON parser, one winston line, axios with axios-retry on
 * kept connections. It makes the calls to Zoom that our operations make, and nothing else: no checks, no pacing, no
 * token. It is the yardstick for the own cost of an operation.
 * Usage: node least-service.js URL TOKEN; prints its address.
 */
import axios from 'axios';
import axiosRetry from 'axios-retry';
import express, { type Request, type Response } from 'express';
import { Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import winston from 'winston';

type Transport = Parameters<winston.Logger['add']>[0];

const [, , zoomUrl = '', token = ''] = process.argv;
// winston declares its transports as interfaces and wants classes.
const stdout = new winston.transports.Console() as unknown as Transport;
const logger = winston.createLogger({
  format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
  transports: [stdout],
});
const zoom = axios.create({
  baseURL: `${zoomUrl}/v2`,
  httpAgent: new Agent({ keepAlive: true }),
  headers: { Authorization: `Bearer ${token}` },
  timeout: 30_000,
  validateStatus: (status) => status < 500,
});
axiosRetry(zoom, { retries: 5 });

/** Makes the calls of one operation. @returns the answer to the caller. */
type Work = (body: Readonly<Record<string, string>>) => Promise<object>;

const read = async (path: string): Promise<Readonly<Record<string, unknown>>> =>
  (await zoom.get<Readonly<Record<string, unknown>>>(path)).data;

const works: Readonly<Record<string, Work>> = {
  getOfListAttributes: ({ uid = '' }) => read(`/users/${uid}`),
  get: async ({ uid = '' }) => ({
    ...(await read(`/users/${uid}`)),
    phone: await read(`/phone/users/${uid}`),
  }),
  create: async ({ email = '' }) => {
    await read(`/users/${encodeURIComponent(email)}`);
    const user = { email, type: 1, first_name: 'Bench', last_name: 'Mark' };
    return (await zoom.post<object>('/users', { action: 'ssoCreate', user_info: user })).data;
  },
  update: async ({ uid = '', name }) => {
    await read(`/users/${uid}`);
    await zoom.patch(`/users/${uid}`, { last_name: name });
    return {};
  },
};

const app = express();
app.use(express.json());
for (const [name, work] of Object.entries(works)) {
  app.post(`/${name}`, async (request: Request, response: Response) => {
    const start = performance.now();
    response.json(await work(request.body as Readonly<Record<string, string>>));
    logger.info('operation', { operation: name, durationMs: performance.now() - start });
  });
}
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`listening on http://127.0.0.1:${port}\n`);
});
