import type { TestService } from './service.js';

/** Puts ids of the simulated account in the place of those that documented requests show. */
export function withAccountIds(body: unknown, { simulator: { state } }: TestService): object {
  const member = [...state.users.all()].find(({ role_id, status }) => role_id === '2' && status === 'active');
  const [first, second] = [...state.groups.all()];
  const ids: Readonly<Record<string, string | undefined>> = {
    KDcuGIm1QgePTO8WbOqwIQ: member?.id,
    'GodkzPcpIseXY1p-BlmG1A': first?.id,
    H3o8RfXquf5iEt_J6sfXAQ: second?.id,
  };
  const text = JSON.stringify(body).replaceAll(/[\w-]{22}/g, (id) => ids[id] ?? id);
  return JSON.parse(text) as object;
}
