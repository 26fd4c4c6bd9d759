import type { ConnectorConfig } from '../../config/connector-config.js';
import type { Lists } from './paged-list.js';

/** The part of the configuration that decides what the object classes are; it contains no secret. */
export interface ClassConfig extends Pick<ConnectorConfig, 'custom' | 'results' | 'service'> {
  readonly security: {
    readonly authenticator: { readonly oauth2ClientCredentials: { readonly clientId: string | null } };
  };
}

/** What an object class is built from. */
export interface ClassParts {
  readonly config: ClassConfig;
  /** Reads of Zoom's lists, as the configuration wants them. */
  readonly lists: Lists;
  /** Milliseconds, for the age of what a class remembers. */
  readonly now: () => number;
}
