import { resolve } from 'node:path';
import type { ConnectorConfig } from '../config/connector-config.js';
import { changedSettings, settingsNeedingRestart } from '../config/advice.js';
import type { ShutdownOutcome } from '../server/listen/shutdown.js';
import { examples } from './examples.js';
import { type StopReason, terminal, version } from './process.js';
import type { RunningTarget } from './target.js';

type Fields = Readonly<Record<string, unknown>>;

/** A record about the life of the service. */
export interface LifecycleRecord extends Fields {
  readonly message: string;
}

/** A service that has just begun to listen. */
interface StartedService {
  readonly config: ConnectorConfig;
  readonly file: string;
  readonly target: RunningTarget;
  /** Address of the service. */
  readonly url: string;
}

/** The service accepts requests. Scripts wait for `listening on` and the address, which a blank ends. */
export function startRecord({ config, file, target, url }: StartedService): LifecycleRecord {
  return {
    message: `listening on ${url} (It targets ${target.description}.)`,
    ...identity(config, file),
    node: process.versions.node,
    targetUrl: target.url,
    url,
  };
}

/** A change of the configuration is in effect, but for the settings that need a restart. */
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

/** The service stops accepting requests. */
export function stoppingRecord({ reason }: StopReason): LifecycleRecord {
  return { message: 'stopping', reason };
}

/** The service has ended all it did. */
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

/**
 * Says to people that the service listens, and what they may try. Programs that read standard output get the start
 * record alone.
 * @param always - the commands to try are for people, wherever standard output goes: they then go to standard error.
 */
export function greet({ config, target, url }: StartedService, always: boolean): void {
  if (!terminal.isInteractive() && !always) return;
  const say = terminal.isInteractive() ? terminal.say : terminal.complain;
  say(`listening on ${url}\nIt targets ${target.description}.`);
  if (isForTrials(config)) say(`\n${examples(url, config.service.api)}`);
}

/** Nobody tries things out on a real account, and the examples carry no token. */
function isForTrials({ server: { authentication, tls }, service }: ConnectorConfig): boolean {
  return service.target === 'simulator' && tls === null && authentication.bearerTokens.length === 0;
}
