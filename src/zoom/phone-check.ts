import { type Check, ConnectorError } from '../connid/errors.js';
import type { TargetCheck } from '../connector/ports.js';
import { openSession, type Target } from '../connector/object-class/call.js';
import { accountLacksPhone, sitePages } from './user/phone/calls.js';

const name = 'Zoom Phone';

/** Whether the account has Zoom Phone; one without it, or without the right to ask, serves users all the same. */
export function phoneCheck(zoom: Target): TargetCheck {
  return {
    name,
    decisive: false,
    run: async (context) => {
      const call = {
        ...sitePages.page(undefined),
        query: { page_size: 1 },
        why: 'see whether the account has Zoom Phone',
      };
      try {
        await openSession(zoom, context).send(call);
        return [{ name, ok: true, detail: 'The account has Zoom Phone.' }];
      } catch (thrown) {
        return [withoutPhone(thrown)];
      }
    },
  };
}

function withoutPhone(thrown: unknown): Check {
  if (accountLacksPhone(thrown)) {
    return { name, ok: true, detail: 'The account has no Zoom Phone: its users have no phone attributes.' };
  }
  if (!(thrown instanceof ConnectorError) || thrown.kind !== 'permissionDenied') throw thrown;
  const { message, details } = thrown;
  const hint = details.hint ?? 'Allow the application to read phone sites.';
  return { name, ok: true, detail: `Phone data can not be read. ${message}`, hint };
}
