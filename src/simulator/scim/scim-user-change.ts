import { membersOf, type Unchecked, without } from '../core/json.js';
import type { CustomAttribute, Profile, ProfilePhone } from '../state/profile.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { isUnitedCode, isZoomOneCode, type LicenceCode } from '../state/licence-codes.js';
import { bundleNames, scimFlags, scimTexts, userTypes } from './scim-features.js';
import { scimError, urns } from './scim-error.js';

/** The changes in a SCIM body. Properties that the body leaves out are absent. */
export interface ScimChange {
  readonly core: Partial<User>;
  readonly profile: Profile;
  readonly features: Readonly<Record<string, boolean>>;
  /** Names of groups. */
  readonly groups?: readonly string[];
  /** Name of the role. */
  readonly role?: string;
  readonly united?: string;
}

/** Fields that a replacing PUT clears unless the body contains them. */
export const clearedCore = {
  first_name: '',
  last_name: '',
  display_name: '',
  dept: '',
  employee_unique_id: '',
};

/** Profile fields that SCIM can write. */
const scimProfileFields = [
  'job_title',
  'location',
  'company',
  'cost_center',
  'manager',
  'pronouns',
  'phone_numbers',
  'custom_attributes',
  'scim',
] as const satisfies readonly (keyof Profile)[];

/**
 * Reads the members of a SCIM user.
 * @throws ApiError in SCIM's form for an invalid value.
 */
export function readScimChange(world: World, body: Unchecked): ScimChange {
  const name = membersOf(body['name']);
  const enterprise = membersOf(body[urns.enterprise]);
  const zoom = membersOf(body[urns.zoomUser]);
  const groups = namesOf(body['groups']);
  const [role] = namesOf(body['roles']) ?? [];
  return {
    core: {
      ...texts({
        first_name: name['givenName'],
        last_name: name['familyName'],
        display_name: body['displayName'],
        dept: enterprise['department'],
        employee_unique_id: enterprise['employeeNumber'],
        vanity_name: zoom['personalLinkName'],
      }),
      ...readLicences(world, body['userType'], zoom),
    },
    profile: readProfile(world, body, { enterprise, zoom }),
    features: readFlags(zoom),
    ...(groups !== undefined && { groups }),
    ...(role !== undefined && { role }),
    ...readUnited(world, zoom['zoomUnited']),
  };
}

function readProfile(
  world: World,
  body: Unchecked,
  parts: { enterprise: Unchecked; zoom: Unchecked },
): Profile {
  const phones = body['phoneNumbers'];
  const attributes = readAttributes(world, parts.zoom);
  return {
    ...texts({
      job_title: body['title'],
      location: body['locale'],
      company: parts.enterprise['organization'],
      cost_center: parts.enterprise['costCenter'],
      manager: parts.enterprise['manager'],
      pronouns: parts.zoom['pronouns'],
    }),
    ...(Array.isArray(phones) && { phone_numbers: phones.map(readPhone) }),
    ...(attributes.length > 0 && { custom_attributes: attributes }),
    scim: readTexts(parts.zoom),
  };
}

function readTexts(zoom: Unchecked): Readonly<Record<string, string>> {
  const given = scimTexts.flatMap((member): [string, string][] => {
    const value = zoom[member];
    return typeof value === 'string' ? [[member, value]] : [];
  });
  return Object.fromEntries(given);
}

/** The extension contains custom attributes under their display names. */
function readAttributes(world: World, zoom: Unchecked): CustomAttribute[] {
  return world.customAttributes.flatMap((attribute) => {
    const value = zoom[attribute.name];
    return typeof value === 'string' ? [{ ...attribute, value }] : [];
  });
}

function readPhone(value: unknown): ProfilePhone {
  const { type, value: number } = membersOf(value);
  const digits = String(number).replace(/\D/g, '');
  const kind = typeof type === 'string' ? type.toLowerCase() : 'office';
  const label = kind === 'work' ? 'Office' : kind.charAt(0).toUpperCase() + kind.slice(1);
  const [code, local] = digits.startsWith('1') ? ['+1', digits.slice(1)] : ['', digits];
  return { country: code === '+1' ? 'US' : '', code, number: local, label };
}

function readLicences(world: World, userType: unknown, zoom: Unchecked): Partial<User> {
  const type = typeof userType === 'string' ? userTypes[userType.toLowerCase()] : undefined;
  if (userType !== undefined && type === undefined) throw scimError(world, 409, 'Cannot add paid users.');
  const code = bundleNames.map((name) => zoom[name]).find((value) => value !== undefined);
  return {
    ...(type !== undefined && { type }),
    ...(code !== undefined && { zoom_one_type: toCode(world, code) }),
  };
}

function toCode(world: World, value: unknown): LicenceCode {
  const text = String(value);
  if (text === '' || text === '0') return 0;
  const big = /^\d+$/.test(text) ? BigInt(text) : undefined;
  const code = big !== undefined && big <= Number.MAX_SAFE_INTEGER ? Number(big) : big;
  if (!isZoomOneCode(code)) throw scimError(world, 409, 'The Zoom Workplace plan is invalid.');
  return code;
}

function readUnited(world: World, value: unknown): { united?: string } {
  if (value === undefined || value === null) return {};
  if (value === '' || value === '-1') return { united: 'none' };
  if (!isUnitedCode(value)) throw scimError(world, 409, 'The Zoom United Plan is invalid.');
  return { united: value };
}

function readFlags(zoom: Unchecked): Record<string, boolean> {
  const known = Object.entries(scimFlags).filter(([name]) => typeof zoom[name] === 'boolean');
  return Object.fromEntries(known.map(([name, feature]) => [feature, zoom[name] === true]));
}

/** The names in a list of `{value}` or `{display}` objects, or in a single such object. */
function namesOf(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((item) => {
    const { value: name, display } = membersOf(item);
    const text = name ?? display;
    return typeof text === 'string' && text !== '' ? [text] : [];
  });
}

function texts<K extends string>(values: Readonly<Record<K, unknown>>): Partial<Record<K, string>> {
  const given = Object.entries(values).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(given) as Partial<Record<K, string>>;
}

/** A profile without the fields that SCIM can write. */
export function withoutScimFields(profile: Profile): Profile {
  return without(profile, ...scimProfileFields);
}
