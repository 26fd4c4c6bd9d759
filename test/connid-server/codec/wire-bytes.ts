/** Builds the bytes of a stream by hand, right or wrong. Each helper names a part of the binary format. */
export type Part = readonly number[];

export function int(value: number): Part {
  return [...Buffer.from(Uint32Array.of(value).buffer).reverse()];
}

export function string(value: string): Part {
  const bytes = Buffer.from(value);
  return [...int(bytes.length), ...bytes];
}

/** The beginning of a stream. */
export const header: Part = [...int(0xfafb), ...int(2)];

/** Declares names with the codes 0, 1, 2... */
export function pool(...names: string[]): Part {
  return [...int(names.length), ...names.flatMap((name, code) => [...string(name), ...int(code)])];
}

export const end: Part = [0x48];

export const nullObject: Part = [0x3c, ...end];

export function type(code: number): Part {
  return [0x3d, ...int(code)];
}

export function anonymous(...contents: Part[]): Part {
  return [0x46, ...int(contents.flat().length), ...contents.flat()];
}

export function named(code: number, ...contents: Part[]): Part {
  return [0x47, ...int(code), ...int(contents.flat().length), ...contents.flat()];
}

export function stream(...parts: Part[]): Uint8Array {
  return Uint8Array.from([...header, ...parts.flat()]);
}
