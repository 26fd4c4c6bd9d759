import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { SyntaxNodeRef } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { createMetrics } from '../../src/server/metrics.js';

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

const read = (file: string): string => readFileSync(`deploy/${file}`, 'utf8');
const rules = (parse(read('alerts.yaml')) as Rules).groups.flatMap((group) => group.rules);
const panels = (JSON.parse(read('dashboard.json')) as Dashboard).panels;
const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ targets, title }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** Labels that Prometheus adds to every metric. */
const added = ['instance', 'job'];

/** The metrics that a service publishes after one event of each kind, with their labels. */
async function published(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const metrics = createMetrics({ processMetrics: true });
  metrics.watchRedis(() => 'up');
  metrics.requestStarted();
  metrics.operationEnded({ operation: 'o', objectClass: '', dryRun: false, outcome: 'ok', durationMs: 1 });
  for (const counters of [metrics, metrics.forConnector('eu')]) {
    counters.targetCall({ endpoint: 'e', label: 'light', status: 200, durationMs: 1 });
    counters.waited('light', 1);
    counters.tokenFetched('ok');
    counters.queueLength('light', 1);
    counters.listed('pending', 1);
    counters.dayRemaining('heavy', () => 1);
  }
  metrics.configInEffect();
  metrics.reloaded('ok');
  const found = new Map<string, Set<string>>();
  for (const line of (await metrics.text()).split('\n')) {
    const [, name, labels = ''] = /^([a-z_0-9]+)(?:\{(.*)\})? /.exec(line) ?? [];
    if (name === undefined) continue;
    const known = found.get(name) ?? new Set<string>();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    found.set(name, known);
  }
  return found;
}

/** The names of a kind of syntax in an expression. @throws Error if the expression is not PromQL. */
function namesIn(expression: string): { readonly metrics: string[]; readonly labels: string[] } {
  const found = { metrics: [] as string[], labels: [] as string[] };
  const enter = ({ from, name, node, to, type }: SyntaxNodeRef): void => {
    if (type.isError) throw new Error(`Not PromQL at ${from}: ${expression}`);
    if (name === 'Identifier' && node.parent?.name === 'VectorSelector')
      found.metrics.push(expression.slice(from, to));
    if (name === 'LabelName') found.labels.push(expression.slice(from, to));
  };
  parser.parse(expression).iterate({ enter });
  return found;
}

function problemsOf(expression: string, metrics: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const names = namesIn(expression);
  const labels = new Set([...added, ...names.metrics.flatMap((name) => [...(metrics.get(name) ?? [])])]);
  return [
    ...(names.metrics.length === 0 ? ['no metric'] : []),
    ...names.metrics.filter((name) => !metrics.has(name)),
    ...names.labels.filter((label) => !labels.has(label)),
  ];
}

describe('the files for operators', () => {
  it.each(expressions)('%s uses metrics and labels that exist', async (_title, expression) => {
    expect(problemsOf(expression, await published())).toEqual([]);
  });

  it.each([
    ['zoom_connector_typo', 'zoom_connector_typo'],
    ['rate(zoom_connector_tokens_fetched_total{result="ok"}[5m])', 'result'],
    ['sum by (endpoint) (zoom_connector_open_requests)', 'endpoint'],
    ['1 > 0', 'no metric'],
  ])('would not pass with %s', async (expression, problem) => {
    expect(problemsOf(expression, await published())).toEqual([problem]);
  });

  it('are read as PromQL', () => {
    expect(() => namesIn('sum by (rate(up[5m])')).toThrow('Not PromQL');
  });
});
