import { createRequire } from 'node:module';
import type * as PhoneNumbers from 'libphonenumber-js/min';
import type { Values } from '../../connid/attribute.js';
import { isNothing, objectsAt, read } from '../kit/json.js';

const load = createRequire(import.meta.url);

/** The rules of all countries' numbers. They take 3 MiB, so the first number that needs them loads them. */
const phoneNumbers = (): typeof PhoneNumbers => load('libphonenumber-js/min') as typeof PhoneNumbers;

const labels = ['Mobile', 'Office', 'Home', 'Fax'];

/** A tel URI (RFC 3966) with an international number, and label and country as parameters. */
export const profileNumberForm = {
  pattern: /^tel:\+\d{3,15}(?:;(?:label=(?:Mobile|Office|Home|Fax)|country=[A-Z]{2}))*$/i,
  words: 'a tel URI such as tel:+15550100;label=Office;country=US',
} as const;

/** The same number however its parameters are ordered or written. */
export function canonicalProfileNumber(value: string): string {
  const [number = '', ...parameters] = value.toLowerCase().split(';');
  return [number, ...parameters.sort()].join(';');
}

/** The canonical form of a contact number. A form without country equals one whose country its digits imply. */
export function canonicalWithCountry(value: string): string {
  const canonical = canonicalProfileNumber(value);
  const [uri = '', ...parameters] = canonical.split(';');
  if (parameters.some((parameter) => parameter.startsWith('country='))) return canonical;
  const country = phoneNumbers().parsePhoneNumberFromString(uri.slice('tel:'.length))?.country;
  return country === undefined ? canonical : canonicalProfileNumber(`${canonical};country=${country}`);
}

const numberFields = ['code', 'number', 'label', 'country'] as const;

/** Reads Zoom's `phone_numbers`, profile numbers that have nothing to do with Zoom Phone. */
export function readProfileNumbers(record: unknown): Values {
  return objectsAt(record, 'phone_numbers')
    .filter(({ number }) => !isNothing(number))
    .map((entry) => {
      const [code, number, label, country] = numberFields.map((field) => read.text(field)(entry)?.[0]);
      const digits = `${String(code ?? '')}${String(number)}`.replaceAll(/\D/g, '');
      const parameters = Object.entries({ label, country }).flatMap(([name, value]) =>
        value === undefined ? [] : [`;${name}=${String(value)}`],
      );
      return `tel:+${digits}${parameters.join('')}`;
    });
}

/** Writes Zoom's `phone_numbers`, which wants the calling code apart from the number. */
export function writeProfileNumbers(values: Values): unknown {
  return values.map((value) => {
    const [uri = '', ...parameters] = String(value).split(';');
    const given = new Map(
      parameters.map((parameter) => parameter.toLowerCase().split('=') as [string, string]),
    );
    const { country, code, number } = splitNumber(
      uri.slice('tel:'.length),
      given.get('country')?.toUpperCase(),
    );
    const label = labels.find((known) => known.toLowerCase() === given.get('label'));
    return { country, code, number, ...(label !== undefined && { label }) };
  });
}

function splitNumber(
  e164: string,
  country: string | undefined,
): { country?: string; code: string; number: string } {
  const { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } = phoneNumbers();
  if (country !== undefined && isSupportedCountry(country)) {
    const code = `+${getCountryCallingCode(country)}`;
    if (e164.startsWith(code)) return { country, code, number: e164.slice(code.length) };
  }
  const parsed = parsePhoneNumberFromString(e164);
  const guessed: PhoneNumbers.CountryCode | undefined = parsed?.country;
  const code = parsed === undefined ? '' : `+${parsed.countryCallingCode}`;
  const stated = country ?? guessed;
  return { ...(stated !== undefined && { country: stated }), code, number: e164.slice(code.length) };
}

/** `type:option:subscription`, for example `MEETING:2:SUBREF-a1b2c3-d4e5f6`. */
export const licenceInfoForm = {
  pattern: /^(?:MEETING|ZOOM_WORKPLACE_BUNDLE):\d{1,20}:[^:\s]+$/,
  words: 'of the form type:option:subscription, with type MEETING or ZOOM_WORKPLACE_BUNDLE',
} as const;

/** Reads Zoom's `license_info_list`. */
export function readLicenceInfo(record: unknown): Values {
  return objectsAt(record, 'license_info_list').map((entry) =>
    ['license_type', 'license_option', 'subscription_id']
      .map((field) => String(read.text(field)(entry)?.[0] ?? ''))
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
