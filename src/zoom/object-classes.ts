import type { ConnectorConfig } from '../config/connector-config.js';
import type { ObjectClass } from '../connector/object-class/object-class.js';
import { ConnectorError, type Finding } from '../connid/errors.js';
import { renamingProblems } from '../connid/object-class-view.js';
import { createGroupClass } from './group/group-class.js';
import { createScimGroupClass } from './group/scim/group-class.js';
import { spanTime, systemClock } from './kit/clock.js';
import { type ClassConfig, groupClassSettings, hasFallback, userClassSettings } from './settings.js';
import type { CustomAttribute } from './user/custom-attributes.js';
import { createGroupIds } from './user/scim/group-ids.js';
import { ownMembers } from './user/scim/tables.js';
import { createScimUserClass } from './user/scim/user-class.js';
import { createUserClass } from './user/user-class.js';

/**
 * The object classes of Zoom; a new one is a folder of its own and a line here.
 * @param now - milliseconds, for the age of what they keep.
 * @throws ConnectorError `configuration`, with findings, for names of `custom.attributeNames` that can not be given.
 */
export function objectClassesOf(
  config: ConnectorConfig,
  now = spanTime(systemClock),
): readonly ObjectClass[] {
  const objectClasses = classesOf(config, now);
  const errors = wrongNames(config, objectClasses);
  if (errors.length === 0) return objectClasses;
  throw new ConnectorError('configuration', 'Attributes can not be named as configured.', { errors });
}

/** What is wrong with the attribute names of a configuration, its secrets aside. */
export function namingProblems(config: ClassConfig): readonly Finding[] {
  return wrongNames(config, classesOf(config, spanTime(systemClock)));
}

function classesOf(config: ClassConfig, now: () => number): readonly ObjectClass[] {
  return config.service.api === 'scim' ? scimClasses(config, now) : restClasses(config, now);
}

function restClasses(config: ClassConfig, now: () => number): readonly ObjectClass[] {
  return [createUserClass(userClassSettings(config), now), createGroupClass(groupClassSettings(config))];
}

function scimClasses(config: ClassConfig, now: () => number): readonly ObjectClass[] {
  const fallback = hasFallback(config);
  const groups = createGroupIds(config.results.verifyTotals, now);
  return [
    createScimUserClass({ ...userClassSettings(config), fallback }, groups, now),
    createScimGroupClass({ ...groupClassSettings(config), fallback, nameChanged: () => groups.forget() }),
  ];
}

function wrongNames(
  { custom, service }: ClassConfig,
  objectClasses: readonly ObjectClass[],
): readonly Finding[] {
  const declarations = objectClasses.map(({ view }) => view.declaration);
  const renamed = renamingProblems(custom.attributeNames, declarations).map(({ attribute, message }) => ({
    path: `/custom/attributeNames/${attribute}`,
    message,
  }));
  return [...renamed, ...(service.api === 'scim' ? takenMembers(custom.customAttributes) : [])];
}

/** Over SCIM custom attributes stand beside licences, under their names in Zoom. */
function takenMembers(custom: readonly CustomAttribute[]): readonly Finding[] {
  return custom.flatMap(({ name }, index) => {
    const message = `Over SCIM "${name}" is a member of Zoom's own, which has an attribute already: rename the custom attribute in Zoom.`;
    return ownMembers.has(name) ? [{ path: `/custom/customAttributes/${index}/name`, message }] : [];
  });
}
