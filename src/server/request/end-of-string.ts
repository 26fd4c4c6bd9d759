/** Index of the quote that closes the string opened at `start`, or the end of the text. */
export function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const char = text[index];
    if (char === '"') return index;
    if (char === '\\') index++;
  }
  return text.length;
}
