import type { Finding } from '../connid/errors.js';
import type { ConnectorConfig } from './connector-config.js';

/** Warnings about settings that are valid but have no effect in this combination. */
export function adviceFor({ custom }: ConnectorConfig): Finding[] {
  if (!custom.deactivateOnDelete) return [];
  const message = 'Has no effect while "custom.deactivateOnDelete" is true.';
  return [
    ...(custom.disassociateOnDelete ? [{ path: '/custom/disassociateOnDelete', message }] : []),
    ...(custom.transferOnDelete === null ? [] : [{ path: '/custom/transferOnDelete', message }]),
  ];
}
