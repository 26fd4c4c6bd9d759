import type { Endpoint, Method, Repeat, SegmentKind } from '../../connector/object-class/endpoint.js';

const segmentKinds: Readonly<Record<string, SegmentKind>> = {
  userId: 'userId',
  memberId: 'userId',
  employeeId: 'employeeId',
  groupId: 'groupId',
  roleId: 'roleId',
  accountId: 'accountId',
  siteId: 'siteId',
  phoneNumberId: 'phoneNumber',
  planType: 'planType',
};

type Row = readonly [
  route: `${Method} /${string}`,
  label: Endpoint['label'],
  repeat: Repeat,
  granular: string,
  classic: string,
];

/**
 * A table of endpoints from rows of route, rate label, repeatability and scopes (space-separated alternatives).
 * @throws Error when a path has a placeholder that no segment kind is known for: a mistake in the table.
 */
export function endpointTable<Id extends string>(
  api: Endpoint['api'],
  rows: Readonly<Record<Id, Row>>,
): Readonly<Record<Id, Endpoint>> {
  const table = {} as Record<Id, Endpoint>;
  for (const id in rows) {
    const [route, label, repeat, granular, classic] = rows[id];
    const [method, path] = route.split(' ') as [Method, string];
    const scopes = { granular: granular.split(' '), classic: classic.split(' ') };
    table[id] = { id, api, method, path, params: placeholders(path), label, repeat, scopes };
  }
  return table;
}

function placeholders(path: string): Record<string, SegmentKind> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return Object.fromEntries(
    names.map((name) => {
      const kind = segmentKinds[name];
      if (kind === undefined) throw new Error(`No segment kind for {${name}} in ${path}`);
      return [name, kind];
    }),
  );
}
