import { expect, it } from '@jest/globals';
import { holdConnector } from '../../src/cli/holder.js';
import type { ConnectorConfig } from '../../src/config/connector-config.js';
import { checkConfigJson } from '../../src/config/validate-config.js';
import { createZoomConnector } from '../../src/zoom/create-zoom-connector.js';
import { testLogger } from '../support/suite-log.js';

function configWith(attributeNames: Record<string, string>, users: number): ConnectorConfig {
  const service = { target: 'simulator' };
  return checkConfigJson({ service, custom: { attributeNames }, simulator: { users } })
    .json as ConnectorConfig;
}

it('keeps the old connector and its target when a changed configuration can not be used', async () => {
  const holder = await holdConnector(configWith({}, 5), (config) =>
    createZoomConnector(config, { version: '0.0.0-test', client: { logger: testLogger() } }),
  );
  const before = { connector: holder.current(), target: holder.target() };
  await expect(holder.replace(configWith({ TYPE: 'EMAIL' }, 6))).rejects.toMatchObject({
    kind: 'configuration',
  });
  expect(holder.current()).toBe(before.connector);
  expect(holder.target()).toBe(before.target);
  await holder.close();
});
