import { resolve } from 'node:path';
import type { ConnectorConfig } from '../config/connector-config.js';
import { changedSettings, settingsNeedingRestart } from '../config/advice.js';
import type { ShutdownOutcome } from '../server/listen/shutdown.js';
import { type StopReason, version } from './process.js';
import type { RunningTarget } from './target.js';

type Fields = Readonly<Record<string, unknown>>;

/** A log record about a start, a reload or a stop of the service. */
interface LifecycleRecord extends Fields {
  readonly message: string;
}

/** A service that has started to listen. */
export interface StartedService {
  readonly config: ConnectorConfig;
  readonly file: string;
  readonly target: RunningTarget;
  /** Address of the service. */
  readonly url: string;
  /** Address for hosts of ConnId's framework, if they are served. */
  readonly hostsUrl?: string | undefined;
}

/** The record of a start. Scripts wait for `listening on` and the URL, which ends at a blank. */
export function startRecord({ config, file, hostsUrl, target, url }: StartedService): LifecycleRecord {
  return {
    message: `listening on ${url} (It targets ${target.description}.)`,
    ...identity(config, file),
    node: process.versions.node,
    targetUrl: target.url,
    url,
    ...(hostsUrl !== undefined && { hostsUrl }),
  };
}

/** The record of a reload: the changed settings, and those that wait for a restart. */
export function reloadRecord(
  file: string,
  configs: Readonly<Record<'started' | 'before' | 'next', ConnectorConfig>>,
): LifecycleRecord {
  const { before, next, started } = configs;
  return {
    message: 'the changed configuration is in effect',
    ...identity(next, file),
    changed: changedSettings(before, next),
    needRestart: settingsNeedingRestart(started, next),
  };
}

/** The record of the beginning of a stop, when the service no longer accepts requests. */
export function stoppingRecord({ reason }: StopReason): LifecycleRecord {
  return { message: 'stopping', reason };
}

/** The record of a completed stop. @param durationMs - time since the beginning of the stop. */
export function stoppedRecord(
  { exitCode, reason }: StopReason,
  outcome: ShutdownOutcome,
  durationMs: number,
): LifecycleRecord {
  return { message: 'stopped', reason, outcome, durationMs: Math.round(durationMs), exitCode };
}

function identity({ service: { api, target } }: ConnectorConfig, file: string): Fields {
  return { version, target, api, configFile: resolve(file) };
}
