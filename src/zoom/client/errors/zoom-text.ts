import { GuardedString } from '../../../connid/guarded-string.js';

/** The longest message of Zoom that we pass on, in bytes. */
export const maxMessageBytes = 2_048;

/** The longest tracking id, and the longest name of a field, in bytes. */
export const maxNameBytes = 128;

/** Marks the end of a text that is not complete. */
const cutMark = '…';

const cutMarkBytes = Buffer.byteLength(cutMark);

/**
 * A text of Zoom in at most so many bytes of UTF-8; a longer one ends with a mark. The result does not keep the whole
 * text in memory.
 */
export function cut(text: string, maxBytes: number): string {
  if (text.length <= maxBytes && Buffer.byteLength(text) <= maxBytes) return text;
  const { whole } = beginning(text, maxBytes);
  return whole ? text : beginning(text, maxBytes - cutMarkBytes).start + cutMark;
}

/** The characters of a text that fit into so many bytes. */
function beginning(text: string, maxBytes: number): { readonly start: string; readonly whole: boolean } {
  const bytes = new Uint8Array(maxBytes);
  const { read, written } = new TextEncoder().encodeInto(text, bytes);
  return { start: new TextDecoder().decode(bytes.subarray(0, written)), whole: read === text.length };
}

/**
 * Masks secrets in texts of Zoom, which may repeat what we sent: as it is, or encoded for a URL, JSON or Base64.
 * @returns a function whose result keeps to the bounds of the text: those of a name or those of a message.
 */
export function secretMask(secrets: readonly string[]): (text: string) => string {
  const given = secrets.filter((secret) => secret !== '');
  const shortest = Math.min(...given.map(({ length }) => length));
  let forms: readonly string[] | undefined;
  return (text) => {
    const isCut = text.endsWith(cutMark);
    // No form is shorter than its secret, and to make the forms costs more than the call of a short refusal.
    if (!isCut && text.length < shortest) return text;
    forms ??= longestFirst(new Set(given.flatMap(formsOf)));
    const masked = forms.reduce((rest, form) => rest.replaceAll(form, GuardedString.mask), text);
    const clean = isCut ? withoutCutSecret(masked, forms) : masked;
    if (clean === text) return text;
    return cut(clean, Buffer.byteLength(text) > maxNameBytes ? maxMessageBytes : maxNameBytes);
  };
}

function longestFirst(texts: Iterable<string>): readonly string[] {
  return [...texts].sort((left, right) => right.length - left.length);
}

/** Two texts may share fewer characters by chance. */
const leastCommon = 4;

/** Masks the beginning of a secret at the end of a text that was cut. */
function withoutCutSecret(text: string, forms: readonly string[]): string {
  const end = text.length - cutMark.length;
  const starts = forms
    .filter((form) => form.length > leastCommon)
    .map((form) => text.indexOf(form.slice(0, leastCommon), Math.max(0, end - form.length)))
    .filter((start) => start >= 0);
  return starts.length === 0 ? text : text.slice(0, Math.min(...starts)) + GuardedString.mask + cutMark;
}

/** The ways in which a text may contain a secret. */
function formsOf(secret: string): readonly string[] {
  const inJson = jsonForm(secret);
  const plain = [secret, inJson, jsonForm(inJson), inJson.replaceAll('/', '\\/'), ...escapedForms(secret)];
  return [...plain, ...base64Forms(secret)].flatMap((form) => [form, ...urlForms(form)]);
}

function jsonForm(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** JSON in ASCII alone, as some programs write it. */
function escapedForms(secret: string): readonly string[] {
  const escaped = jsonForm(secret).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [escaped, escaped.replaceAll(/\\u[\da-f]{4}/g, (unit) => `\\u${unit.slice(2).toUpperCase()}`)];
}

function urlForms(text: string): readonly string[] {
  const component = encodeURIComponent(text.toWellFormed());
  const strict = component.replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const inForm = new URLSearchParams({ '': text }).toString().slice(1);
  const inPath = encodeURI(text.toWellFormed());
  return [component, strict, inForm, inPath].flatMap((form) => [
    form,
    form.replaceAll(/%[\dA-F]{2}/g, (byte) => byte.toLowerCase()),
  ]);
}

/** A shorter piece of Base64 may stand in any text. */
const shortestBase64 = 8;

/** Base64 of the secret, and the part that is the same in Base64 of every text that contains it. */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const inside = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const found = [bytes.toString('base64'), ...inside.filter(({ length }) => length >= shortestBase64)];
  return found.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}
