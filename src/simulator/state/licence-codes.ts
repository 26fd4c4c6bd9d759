/** A licence code; codes beyond 2^53 are `bigint` so that no digit is lost. */
export type LicenceCode = number | bigint;

/** Codes of Zoom Workplace bundles. Source: https://developers.zoom.us/docs/api/references/account-plans/ */
const zoomOneCodes: readonly LicenceCode[] = [
  ...[4, 8, 16, 32, 64, 128, 33_554_432],
  ...[134_217_728, 268_435_456, 536_870_912, 1_073_741_824, 4_398_046_511_104],
  ...[4_294_967_296, 8_589_934_592, 17_179_869_184, 34_359_738_368, 68_719_476_736],
  ...[137_438_953_472, 274_877_906_944, 549_755_813_888, 1_099_511_627_776, 2_199_023_255_552],
  ...[18_014_398_509_481_984n, 72_057_594_037_927_936n],
  ...[144_115_188_075_855_872n, 576_460_752_303_423_488n],
];

const zoomOneNames = new Set(zoomOneCodes.map(String));

/** Codes of the legacy Zoom United bundles: the powers of two up to 131072. */
const unitedNames = new Set(Array.from({ length: 18 }, (_, power) => String(2 ** power)));

export function isZoomOneCode(value: unknown): value is LicenceCode {
  if (typeof value !== 'number' && typeof value !== 'bigint') return false;
  return zoomOneNames.has(String(value));
}

/** True for the digits of the code of a Workplace bundle. */
export function isZoomOneText(text: string): boolean {
  return zoomOneNames.has(text);
}

export function isUnitedCode(value: unknown): value is string {
  return typeof value === 'string' && unitedNames.has(value);
}
