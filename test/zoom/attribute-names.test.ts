import { describe, expect, it } from '@jest/globals';
import type { ConnectorConfig } from '../../src/config/connector-config.js';
import { checkConfigJson } from '../../src/config/validate-config.js';
import { ConnectorError, type Finding } from '../../src/connid/errors.js';
import { objectClassInfo } from '../../src/connector/operations/schema.js';
import type { ObjectClass } from '../../src/connector/object-class/object-class.js';
import { objectClassesOf } from '../../src/zoom/object-classes.js';

function classesWith(attributeNames: Record<string, string>): readonly ObjectClass[] {
  const { json } = checkConfigJson({ service: { target: 'simulator' }, custom: { attributeNames } });
  return objectClassesOf(json as ConnectorConfig);
}

function findings(attributeNames: Record<string, string>): readonly Finding[] {
  try {
    classesWith(attributeNames);
    return [];
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'configuration')
      return thrown.details.errors ?? [];
    throw thrown;
  }
}

describe('custom.attributeNames', () => {
  it.each([
    [{ JOB_TITLE: 'COMPANY' }, 'JOB_TITLE', 'The name COMPANY already means another attribute of ZoomUser.'],
    [{ TYPE: 'EMAIL' }, 'TYPE', 'The name EMAIL already means another attribute of ZoomUser.'],
    [
      { MEMBER_IDS: 'GROUP_ID' },
      'MEMBER_IDS',
      'The name GROUP_ID already means another attribute of ZoomGroup.',
    ],
    [
      { JOB_TITEL: 'FOO' },
      'JOB_TITEL',
      'No object class has an attribute JOB_TITEL. Did you mean JOB_TITLE?',
    ],
    [{ NOSUCHNAMEATALL: 'FOO' }, undefined, 'No object class has the attribute that member 1 names.'],
  ])('%j is refused', (names, attribute, message) => {
    expect(findings(names)).toEqual([
      { path: ['/custom/attributeNames', attribute].filter(Boolean).join('/'), message },
    ]);
  });

  it.each([[{}], [{ DEPT: 'DEPARTMENT' }], [{ JOB_TITLE: 'COMPANY', COMPANY: 'JOB_TITLE' }]])(
    '%j is accepted',
    (names) => {
      expect(findings(names)).toEqual([]);
    },
  );

  it('leaves the native name as it is declared', () => {
    const [users] = classesWith({ DEPT: 'DEPARTMENT' });
    if (users === undefined) throw new Error('there are users');
    const { attributes } = objectClassInfo(users, { deepGet: true, deepImport: true });
    expect(attributes).toContainEqual(expect.objectContaining({ name: 'DEPARTMENT', nativeName: 'DEPT' }));
  });
});

describe('custom.customAttributes over SCIM', () => {
  const namesOver = (api: string, name: string) => {
    const customAttributes = [{ name, attribute: 'CUSTOM_ONE' }];
    const { json } = checkConfigJson({ service: { target: 'simulator', api }, custom: { customAttributes } });
    return () => objectClassesOf(json as ConnectorConfig);
  };

  it.each(['pronouns', 'zoomDocs', 'zoomIQ'])('have no name of a member of Zoom (%s)', (name) => {
    expect(namesOver('scim', name)).toThrow(
      expect.objectContaining({
        details: { errors: [expect.objectContaining({ path: '/custom/customAttributes/0/name' })] },
      }),
    );
    expect(namesOver('rest', name)).not.toThrow();
    expect(namesOver('scim', `${name} "2"`)).not.toThrow();
  });
});
