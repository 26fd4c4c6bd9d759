/** A module of types, generated from the schema of connector.json. */
export interface GeneratedTypes {
  /** Path of the module, relative to the repository. */
  readonly file: string;
  render(schema: object): Promise<string>;
}

export const connectorConfigTypes: GeneratedTypes;
export const simulatorConfigTypes: GeneratedTypes;
