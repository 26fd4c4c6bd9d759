/** A table of Markdown; a cell may hold anything but line breaks. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const rule = headings.map(() => '---');
  return [line(headings), line(rule), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}

/** Text in the typeface of code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A page from its parts: a heading with a note that it is generated, then blocks with an empty line between them. */
export function page(title: string, source: string, blocks: readonly string[]): string {
  const note = `<!-- Generated from ${source} by "npm run generate". Do not edit. -->`;
  return `${[`# ${title}`, note, ...blocks].join('\n\n')}\n`;
}
