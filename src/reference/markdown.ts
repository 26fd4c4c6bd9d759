/** Renders a Markdown table. Line breaks in cells become blanks. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const rule = headings.map(() => '---');
  return [line(headings), line(rule), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}

/** Renders text as code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** Renders a page: a heading, a note that the page is generated, then the blocks, separated by empty lines. */
export function page(title: string, source: string, blocks: readonly string[]): string {
  const note = `<!-- Generated from ${source} by "npm run generate". Do not edit. -->`;
  return `${[`# ${title}`, note, ...blocks].join('\n\n')}\n`;
}
