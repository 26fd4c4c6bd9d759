import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { chart, full, helm, type Json, least, merge, only, render } from '../support/chart.js';
import { describeWithTools } from '../support/deploy-tools.js';
import { runTool } from '../support/run-tool.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const folder = useTemporaryFolder('file');

describeWithTools('the chart as Kubernetes reads it', ['helm', 'kubernetes-validate'], () => {
  async function judge(values: Json, kubernetes: string) {
    const { code: refused, stderr: refusal, stdout } = await helm(values, `${kubernetes}.0`);
    if (refused !== 0) throw new Error(refusal);
    const file = join(folder.path, 'manifests.yaml');
    await writeFile(file, stdout);
    const args = ['--kubernetes-version', kubernetes, '--strict', '--no-warn', file];
    const {
      code,
      stdout: verdicts,
      stderr,
    } = await runTool('kubernetes-validate', args, { cwd: folder.path });
    return { code, passed: verdicts.match(/ passed /g)?.length ?? 0, problems: verdicts + stderr };
  }

  it.each(['1.27', '1.37'])('is valid with the least and with all values, in version %s', async (version) => {
    // ConfigMap, Deployment, NetworkPolicy, PodDisruptionBudget, Service; then the Service for hosts.
    expect(await judge(least, version)).toMatchObject({ code: 0, passed: 5 });
    expect(await judge(full, version)).toMatchObject({ code: 0, passed: 6 });
  });

  it.each([
    ['an unknown member', { tolerations: [{ ky: 'a' }] }, 'ky'],
    [
      'a member of a peer that does not exist',
      { networkPolicy: { redis: { podSelectr: {} } } },
      'podSelectr',
    ],
    ['a wrong type', { env: [{ name: 'A', value: 5 }] }, 'env'],
  ])('would not be valid with %s', async (_case, more, named) => {
    const { code, problems } = await judge(merge(least, more), '1.37');
    expect(code).not.toBe(0);
    expect(problems).toContain(named);
  });
});

describeWithTools(
  'the chart as the Prometheus operator reads it',
  ['helm', 'prometheus-operator-check'],
  () => {
    const judge = (manifest: object) =>
      runTool('prometheus-operator-check', [], { cwd: folder.path, input: stringify(manifest) });

    it('is valid', async () => {
      const manifests = await render(full);
      for (const kind of ['ServiceMonitor', 'PrometheusRule']) {
        expect(await judge(only(manifests, kind))).toMatchObject({ code: 0, stderr: '' });
      }
    });

    it('would not be valid with a mistyped member', async () => {
      const { spec, ...rest } = only(await render(full), 'ServiceMonitor');
      expect(await judge({ ...rest, spec: { ...spec, endpoint: [] } })).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('unknown field "endpoint"') as unknown,
      });
    });
  },
);

describeWithTools('the chart as Helm reads it', ['helm'], () => {
  it('passes the linter', async () => {
    const file = join(folder.path, 'linted.yaml');
    await writeFile(file, stringify(full));
    const { code, stdout } = await runTool('helm', ['lint', '--strict', chart, '--values', file], {
      cwd: folder.path,
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 chart(s) linted, 0 chart(s) failed')]);
  });
});
