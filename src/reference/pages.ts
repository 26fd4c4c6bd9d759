import { connectorSchema } from '../config/schema.js';
import { defaultConfig } from '../config/default-config.js';
import { objectClassesOf } from '../zoom/create-zoom-connector.js';
import { attributesPage } from './attributes-page.js';
import { configurationPage } from './configuration-page.js';
import { errorsPage } from './errors-page.js';

/** A page of reference documentation that is made from the tables and schemas of the source code. */
export interface ReferencePage {
  /** Where it stands, relative to the repository. */
  readonly file: string;
  readonly render: () => string;
}

/** All generated pages. `npm run generate` writes them, and a test fails when one is out of date. */
export const referencePages: readonly ReferencePage[] = [
  { file: 'docs/reference/attributes.md', render: () => attributesPage(objectClassesOf(defaultConfig())) },
  { file: 'docs/reference/configuration.md', render: () => configurationPage(connectorSchema) },
  { file: 'docs/reference/errors.md', render: errorsPage },
];
