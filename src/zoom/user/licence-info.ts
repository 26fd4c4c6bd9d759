import type { Values } from '../../connid/attribute.js';
import { asList, at, textAt } from '../kit/json.js';

/** `type:option:subscription`, for example `MEETING:2:SUBREF-a1b2c3-d4e5f6`. */
export const licenceInfoForm = {
  pattern: /^(?:MEETING|ZOOM_WORKPLACE_BUNDLE):\d{1,20}:[^:\s]+$/,
  words: 'of the form type:option:subscription, with type MEETING or ZOOM_WORKPLACE_BUNDLE',
} as const;

/** Reads Zoom's `license_info_list`. */
export function readLicenceInfo(record: unknown): Values {
  return asList(at(record, 'license_info_list')).map((entry) =>
    ['license_type', 'license_option', 'subscription_id']
      .map((field) => textAt(entry, field) ?? '')
      .join(':'),
  );
}

/** Writes Zoom's `license_info_list`; options go up to 2^59, so they are written digit by digit. */
export function writeLicenceInfo(values: Values): unknown {
  return values.map((value) => {
    const [license_type, option = '', subscription_id] = String(value).split(':');
    return { license_type, license_option: BigInt(option), subscription_id };
  });
}
