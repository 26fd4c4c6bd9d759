/** The system's code of an I/O error in brackets, with a leading blank; empty when there is none. */
export function errorCode(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return '';
  return ` (${String(thrown.code)})`;
}
