import type { ConnectorConfig } from '../../config/connector-config.js';
import type { Lists } from './paged-list.js';

/** The part of the configuration that decides what the object classes are; it contains no secret. */
export interface ClassConfig extends Pick<ConnectorConfig, 'custom' | 'results' | 'service'> {
  readonly security: {
    readonly authenticator: { readonly oauth2ClientCredentials: { readonly clientId: string | null } };
  };
}

/** The parts from which an object class is built. */
export interface ClassParts {
  readonly config: ClassConfig;
  /** Reads Zoom's lists with the settings of the configuration. */
  readonly lists: Lists;
  /** Milliseconds, for the age of what a class remembers. */
  readonly now: () => number;
}
