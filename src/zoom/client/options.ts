import { type Metrics, noMetrics } from '../../connector/ports.js';
import type { GuardedString } from '../../connid/guarded-string.js';
import { type Clock, systemClock } from '../kit/clock.js';
import type { RatePlan } from './pacing/limits.js';

/** The options of the client, named as in `connector.json`. */
export interface ZoomClientOptions {
  /** REST base, such as `https://api.zoom.us/v2`; no slash at the end. */
  readonly serviceUrl: string;
  /** SCIM base, such as `https://api.zoom.us/scim2`; no slash at the end. */
  readonly scimUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: GuardedString;
  /** The scope to request with the token; without it Zoom grants all scopes of the app. */
  readonly scope?: string;
  readonly accountId: string;
  /** Used for SCIM calls instead of the OAuth token. */
  readonly scimBearerToken?: GuardedString;
  /** Repetitions of one call after I/O errors. */
  readonly ioErrorRetries: number;
  /** Milliseconds for one request, from sending to the end of the answer. */
  readonly requestTimeoutMs: number;
  /** Requests that run at the same time. */
  readonly maxConcurrency: number;
  /** Milliseconds one call may wait for its rate limit, over all its attempts. */
  readonly maxWaitMs: number;
  /** Bytes that all answers under way may hold together. */
  readonly maxAnswerBytes: number;
  /** URL of an HTTP proxy; without it requests go direct, whatever the environment variables say. */
  readonly proxy?: string;
  /** If true, calls pass the caller's trace on to Zoom in the header `traceparent`. */
  readonly sendTraceparent: boolean;
  readonly plan: RatePlan;
  /** Our part of the account's limits, above 0 to 1. */
  readonly share: number;
}

/** The part of a logger the client needs. Messages and fields hold ids and codes, no personal data. */
interface ClientLogger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** The surroundings of the client. */
export interface ClientDependencies {
  readonly clock: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  readonly logger: ClientLogger;
  readonly metrics: Metrics;
}

/** The real clock, real chance, no log and no metrics. */
export const defaultDependencies: ClientDependencies = {
  clock: systemClock,
  random: Math.random,
  logger: { debug: () => undefined, warn: () => undefined },
  metrics: noMetrics,
};
