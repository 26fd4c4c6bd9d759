import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';

import { createMetrics } from '../../src/server/metrics.js';
import { createFixture, type Fixture } from '../support/fixture.js';
import { get, post } from '../support/http-client.js';

let fixture: Fixture;
beforeEach(() => {
  fixture = createFixture();
});

async function scrape(): Promise<string> {
  const { text, headers } = await get(fixture, '/metrics', {
    Accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
  });
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  return text;
}

describe('/metrics', () => {
  it('counts operations by class and outcome', async () => {
    fixture.connector.seed('jill@example.com');
    await post(fixture, '/v1/get', { objectClass: 'zoomuser', uid: 'U1' });
    await post(fixture, '/v1/get', { objectClass: 'ZoomUser', uid: 'gone' });
    await post(fixture, '/v1/get', { objectClass: 'made-up', uid: 'U1' });
    await post(fixture, '/v1/delete?dryRun=true', { objectClass: 'ZoomUser', uid: 'U1' });
    await get(fixture, '/nowhere');
    const text = await scrape();
    const count = (labels: string) => `zoom_connector_operation_duration_seconds_count{${labels}} 1`;
    expect(text).toContain(count('operation="get",object_class="ZoomUser",dry_run="false",outcome="ok"'));
    expect(text).toContain(
      count('operation="get",object_class="ZoomUser",dry_run="false",outcome="UnknownUidException"'),
    );
    expect(text).toContain(
      count('operation="get",object_class="?",dry_run="false",outcome="UnsupportedOperationException"'),
    );
    expect(text).toContain(count('operation="none",object_class="",dry_run="false",outcome="not-found"'));
    expect(text).toContain(count('operation="delete",object_class="ZoomUser",dry_run="true",outcome="ok"'));
    expect(text).not.toContain('made-up');
  });

  it('counts the requests being served, this one among them', async () => {
    expect(await scrape()).toContain('zoom_connector_open_requests 1');
  });

  it('shows what the Zoom client counts', async () => {
    const metrics = createMetrics();
    fixture = createFixture({ metrics });
    metrics.targetCall({ endpoint: 'users.get', label: 'light', status: 200, durationMs: 120 });
    metrics.waited('heavy', 400);
    metrics.tokenFetched('ok');
    metrics.queueLength('heavy', 3);
    metrics.listed('pending', 7);
    const text = await scrape();
    expect(text).toContain(
      'zoom_connector_zoom_call_duration_seconds_sum{endpoint="users.get",label="light",status="200"} 0.12',
    );
    expect(text).toContain('zoom_connector_rate_limit_wait_seconds_sum{label="heavy"} 0.4');
    expect(text).toContain('zoom_connector_tokens_fetched_total{outcome="ok"} 1');
    expect(text).toContain('zoom_connector_rate_limit_queue_length{label="heavy"} 3');
    expect(text).toContain('zoom_connector_listed_users{status="pending"} 7');
  });

  it('shows the metrics that the guide tells of, and no others of ours', async () => {
    const guide = await readFile(new URL('../../docs/guides/running.md', import.meta.url), 'utf8');
    const told = guide.matchAll(/^\| `(zoom_connector_\w+)` \| (\w+) /gm);
    const shown = (await scrape()).matchAll(/^# TYPE (zoom_connector_\w+) (\w+)$/gm);
    const sorted = (rows: Iterable<RegExpMatchArray>) => [...rows].map(([, ...row]) => row.join(' ')).sort();
    expect(sorted(told)).toEqual(sorted(shown));
  });

  it('keeps the numbers of two applications apart', async () => {
    await get(createFixture(), '/nowhere');
    expect(await scrape()).not.toContain('not-found');
  });
});
