/** A line of a chart. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** The titles of a chart and its axes. */
interface Titles {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

const size = { width: 720, height: 400, left: 64, right: 24, top: 44, bottom: 52 };
/** Lines with more points are thinned out. */
const maxPoints = 300;
const colours = ['#0b5cff', '#d9480f', '#2b8a3e', '#862e9c', '#c2255c', '#495057', '#f08c00'];

/** Draws a line chart as SVG. Both axes start at zero. */
export function lineChart(lines: readonly Line[], { title, x, y }: Titles): string {
  const all = lines.flatMap(({ points }) => points);
  const top = {
    x: roundUp(Math.max(...all.map(([at]) => at))),
    y: roundUp(Math.max(...all.map(([, at]) => at))),
  };
  const place = {
    x: (value: number) => size.left + (value / top.x) * (size.width - size.left - size.right),
    y: (value: number) =>
      size.height - size.bottom - (value / top.y) * (size.height - size.top - size.bottom),
  };
  const parts = [
    text(size.width / 2, 24, title, 'middle', 'font-weight="bold"'),
    text(size.width / 2, size.height - 12, x, 'middle'),
    `<g transform="rotate(-90 16 ${size.height / 2})">${text(16, size.height / 2, y, 'middle')}</g>`,
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((part) => grid(part, top, place)),
    ...lines.flatMap(({ name, points }, index) => drawLine(name, points, index, place)),
  ];
  const box = `0 0 ${size.width} ${size.height}`;
  const style = 'font-family="sans-serif" font-size="12"';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" ${style}>\n<rect width="100%" height="100%" fill="#fff"/>\n${parts.join('\n')}\n</svg>\n`;
}

type Place = Readonly<Record<'x' | 'y', (value: number) => number>>;

function grid(part: number, top: { x: number; y: number }, place: Place): readonly string[] {
  const [x, y] = [place.x(top.x * part), place.y(top.y * part)];
  const right = size.width - size.right;
  return [
    `<line x1="${size.left}" y1="${y.toFixed(1)}" x2="${right}" y2="${y.toFixed(1)}" stroke="#ddd"/>`,
    text(size.left - 6, y + 4, label(top.y * part), 'end'),
    text(x, size.height - size.bottom + 18, label(top.x * part), 'middle'),
  ];
}

function drawLine(name: string, points: Line['points'], index: number, place: Place): readonly string[] {
  const colour = colours[index % colours.length] ?? '#000';
  const every = Math.ceil(points.length / maxPoints);
  const shown = points.filter((_, at) => at % every === 0 || at === points.length - 1);
  const path = shown.map(([x, y]) => `${place.x(x).toFixed(1)},${place.y(y).toFixed(1)}`).join(' ');
  const legend = size.top + 16 * index;
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    `<rect x="${size.left + 12}" y="${legend}" width="12" height="3" fill="${colour}"/>`,
    text(size.left + 30, legend + 6, name, 'start'),
  ];
}

function text(x: number, y: number, content: string, anchor: string, more = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" ${more}>${content}</text>`;
}

function label(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Math.round(value * 100) / 100);
}

/** Rounds up to two significant digits, of which the second is 0 or 5. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value)) / 2;
  return Math.ceil(value / unit) * unit;
}
