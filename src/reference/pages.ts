import { connectorSchema } from '../config/schema.js';
import { defaultConfig } from '../config/validate-config.js';
import type { ObjectClass } from '../connector/object-class/object-class.js';
import { objectClassesOf } from '../zoom/object-classes.js';
import { attributesPage } from './attributes-page.js';
import { configurationPage } from './configuration-page.js';
import { errorsPage } from './errors-page.js';

/** A page of reference documentation, generated from the tables and schemas of the source code. */
interface ReferencePage {
  /** Path of the page, relative to the repository. */
  readonly file: string;
  readonly render: () => string;
}

function scimClasses(fallback: boolean): readonly ObjectClass[] {
  const config = defaultConfig();
  const { authenticator } = config.security;
  const oauth2ClientCredentials = { ...authenticator.oauth2ClientCredentials, clientId: 'given' };
  return objectClassesOf({
    ...config,
    service: { ...config.service, api: 'scim', scimFallback: fallback },
    security: { ...config.security, authenticator: { ...authenticator, oauth2ClientCredentials } },
  });
}

/** All generated pages. `npm run generate` writes them, and a test fails if one is out of date. */
export const referencePages: readonly ReferencePage[] = [
  {
    file: 'docs/reference/attributes.md',
    render: () =>
      attributesPage({
        title: 'Attributes',
        objectClasses: objectClassesOf(defaultConfig()),
        beside: { title: 'SCIM', objectClasses: scimClasses(true) },
      }),
  },
  {
    file: 'docs/reference/attributes-scim.md',
    render: () =>
      attributesPage({
        title: 'Attributes over SCIM',
        objectClasses: scimClasses(true),
        lesser: { title: 'SCIM alone', objectClasses: scimClasses(false) },
      }),
  },
  { file: 'docs/reference/configuration.md', render: () => configurationPage(connectorSchema) },
  { file: 'docs/reference/errors.md', render: errorsPage },
];
