import { expect, it } from '@jest/globals';
import { startService } from '../support/service.js';

const simulated = { service: { target: 'simulator' } };
const scim = { service: { target: 'simulator', api: 'scim' } };

it.each<[object, readonly string[]]>([
  [{ ...simulated, custom: { attributeNames: { FOO: 'BAR' } } }, ['/custom/attributeNames']],
  [{ ...simulated, custom: { attributeNames: { DEPT: 'STATUS' } } }, ['/custom/attributeNames/DEPT']],
  [{ ...simulated, custom: { attributeNames: { DEPT: 'DEPARTMENT' } } }, []],
  [{ ...simulated, custom: { attributeNames: { ZOOM_DOCS: 'DOCS' } } }, ['/custom/attributeNames']],
  [{ ...scim, custom: { attributeNames: { ZOOM_DOCS: 'DOCS' } } }, []],
  [
    { ...scim, custom: { customAttributes: [{ name: 'zoomDocs', attribute: 'CUSTOM_DOCS' }] } },
    ['/custom/customAttributes/0/name'],
  ],
])('Validate refuses the names that a start refuses: %j', async (config, paths) => {
  const service = await startService();
  const answer = await service.post('validate', config).expect(200);
  const { errors, valid } = answer.body as { errors: { path: string }[]; valid: boolean };
  expect(errors.map(({ path }) => path)).toEqual(paths);
  expect(valid).toBe(paths.length === 0);
  await service.close();
});
