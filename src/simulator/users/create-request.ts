import { type FieldError, invalidField, validationError, zoomError } from '../http/reply.js';
import type { Call } from '../http/route.js';
import { isUnitedCode, isZoomOneCode, type LicenceCode } from '../state/licence-codes.js';
import { type Profile, profileFields } from '../state/profile.js';
import { isEmail } from './find-user.js';
import { nameFields, readFields } from './fields.js';
import { brokenRule } from './password-rules.js';
import { membersOf, type Unchecked } from '../core/json.js';

const actions = ['create', 'autoCreate', 'custCreate', 'ssoCreate'] as const;

/** A valid body of `POST /users`. */
export interface CreateRequest {
  readonly action: (typeof actions)[number];
  readonly email: string;
  readonly type: number;
  readonly names: Unchecked;
  readonly profile: Profile;
  readonly phone: boolean;
  readonly zoomOne?: LicenceCode;
  readonly password?: string;
}

/**
 * Reads the body of `POST /users`.
 * @throws ApiError 400/300 for a missing or wrong value.
 */
export function readCreateRequest(call: Call): CreateRequest {
  const body = membersOf(call.body);
  const info = membersOf(body['user_info']);
  const action = actions.find((name) => name === body['action']);
  const { email, type } = info;
  const errors: FieldError[] = [];
  if (action === undefined) errors.push({ field: 'action', message: 'Invalid field.' });
  if (!isEmail(email)) errors.push({ field: 'user_info.email', message: 'Invalid field.' });
  if (![1, 2, 4, 99].includes(Number(type)) || typeof type !== 'number') {
    errors.push({ field: 'user_info.type', message: 'Invalid field.' });
  }
  if (errors.length > 0 || action === undefined) throw validationError(errors);
  if (type === 99 && action !== 'ssoCreate') throw invalidField('user_info.type');
  return {
    action,
    email: String(email).toLowerCase(),
    type: Number(type),
    names: readFields(info, nameFields, 'user_info.'),
    profile: readProfile(info),
    ...readFeature(info),
    ...readPassword(action, info),
  };
}

function readProfile(info: Unchecked): Profile {
  const { division_ids, license_info_list } = profileFields;
  const checks = { division_ids: division_ids.check, license_info_list: license_info_list.check };
  const profile = readFields(info, checks, 'user_info.');
  const united = info['plan_united_type'];
  if (united === undefined || united === null) return profile;
  if (!isUnitedCode(united)) throw invalidUnited();
  return { ...profile, plan_united_type: united };
}

function readFeature(info: Unchecked): { phone: boolean; zoomOne?: LicenceCode } {
  const feature = membersOf(info['feature']);
  const phone = feature['zoom_phone'] === true;
  const zoomOne = feature['zoom_one_type'];
  if (zoomOne === undefined || zoomOne === null || zoomOne === 0) return { phone };
  if (!isZoomOneCode(zoomOne)) throw invalidField('user_info.feature.zoom_one_type');
  return { phone, zoomOne };
}

function readPassword(action: string, info: Unchecked): { password?: string } {
  if (action !== 'autoCreate') return {};
  const { password } = info;
  if (typeof password !== 'string' || password.length > 32 || brokenRule(password)) {
    throw zoomError(400, 300, 'Invalid parameter: password');
  }
  return { password };
}

function invalidUnited(): Error {
  return zoomError(
    400,
    300,
    'The value provided for `plan_united_type` parameter is invalid. Try again with a valid value.',
  );
}
