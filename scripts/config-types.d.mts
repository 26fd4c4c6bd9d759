/** The TypeScript type of a resolved configuration, as the text of a module. */
export function renderConfigTypes(schema: object, file: string): Promise<string>;
