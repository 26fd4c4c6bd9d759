/** A module of types that is generated from the schema of connector.json. */
export interface GeneratedTypes {
  /** Where it stands, relative to the repository. */
  readonly file: string;
  render(schema: object): Promise<string>;
}

export const connectorConfigTypes: GeneratedTypes;
export const simulatorConfigTypes: GeneratedTypes;
