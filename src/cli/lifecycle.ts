import { resolve } from 'node:path';
import type { ConnectorConfig } from '../config/connector-config.js';
import { accountGroups, plainName } from '../config/accounts.js';
import { changedSettings, settingsNeedingRestart } from '../config/advice.js';
import type { ShutdownOutcome } from '../server/listen/shutdown.js';
import { type StopReason, version } from './process.js';
import type { RunningTarget } from './target.js';

type Fields = Readonly<Record<string, unknown>>;

/** A log record about a start, a reload or a stop of the service. */
interface LifecycleRecord extends Fields {
  readonly message: string;
}

type Configs = ReadonlyMap<string, ConnectorConfig>;

/** A service that has started to listen. */
export interface StartedService {
  /** The configuration of each connector, by name. */
  readonly accounts: Configs;
  readonly file: string;
  /** The target of each connector. */
  readonly targets: ReadonlyMap<string, RunningTarget>;
  /** Address of the service. */
  readonly url: string;
  /** Address for hosts of ConnId's framework, if they are served. */
  readonly hostsUrl?: string | undefined;
}

/** The record of a start. Scripts wait for `listening on` and the URL, which ends at a blank. */
export function startRecord({ accounts, file, hostsUrl, targets, url }: StartedService): LifecycleRecord {
  return {
    message: `listening on ${url} (${targetText(targets)})`,
    ...identity(accounts, file),
    node: process.versions.node,
    ...ofEach(targets, (target) => ({ targetUrl: target.url })),
    url,
    ...(hostsUrl !== undefined && { hostsUrl }),
  };
}

/** The targets in a sentence. */
export function targetText(targets: ReadonlyMap<string, RunningTarget>): string {
  const single = targets.get(plainName);
  if (single !== undefined) return `It targets ${single.description}.`;
  return [...targets].map(([name, { description }]) => `${name} targets ${description}.`).join(' ');
}

/** The record of a reload: the changed settings, and those that wait for a restart. */
export function reloadRecord(
  file: string,
  {
    before,
    next,
    started,
  }: { readonly started: ConnectorConfig; readonly before: Configs; readonly next: Configs },
): LifecycleRecord {
  const [config = started] = next.values();
  return {
    message: 'the changed configuration is in effect',
    ...identity(next, file),
    changed: changesOf(before, next),
    needRestart: settingsNeedingRestart(started, config),
  };
}

/** The names of the changed settings, and of connectors that came or went. Those of global groups appear once. */
function changesOf(before: Configs, next: Configs): readonly string[] {
  const names = new Set([...before.keys(), ...next.keys()]);
  const changed = [...names].flatMap((name) => {
    const [old, present] = [before.get(name), next.get(name)];
    if (old === undefined || present === undefined) return [`connectors.${name}`];
    return changedSettings(old, present).map((setting) => placeOf(name, setting));
  });
  return [...new Set(changed)];
}

function placeOf(name: string, setting: string): string {
  const [group = ''] = setting.split('.');
  return name !== plainName && accountGroups.includes(group) ? `connectors.${name}.${setting}` : setting;
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

function identity(accounts: Configs, file: string): Fields {
  const facts = ofEach(accounts, ({ service: { api, target } }) => ({ target, api }));
  return { version, ...facts, configFile: resolve(file) };
}

/** Facts of the only connector, or of each. */
function ofEach<T>(all: ReadonlyMap<string, T>, facts: (one: T) => Fields): Fields {
  const single = all.get(plainName);
  if (single !== undefined) return facts(single);
  const entries = [...all].map(([name, one]) => [name, facts(one)] as const);
  const names = [...new Set(entries.flatMap(([, fields]) => Object.keys(fields)))];
  return Object.fromEntries(
    names.map((fact) => [fact, Object.fromEntries(entries.map(([name, fields]) => [name, fields[fact]]))]),
  );
}
