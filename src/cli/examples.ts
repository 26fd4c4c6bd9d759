/** Attributes with which a create makes an active user. Over SCIM users sign on by SSO and have no password. */
const logins = {
  rest: { CREATE_ACTION: 'autoCreate', PASSWORD: 'Change-me-2-day' },
  scim: { CREATE_ACTION: 'ssoCreate' },
} as const;

/** The commands to try first, as text, for the service at this URL. */
export function examples(url: string, api: keyof typeof logins): string {
  const post = (operation: string, body: object) =>
    `curl -s ${url}/v1/${operation} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
  const name = 'ann.doe@example.com';
  return [
    'List users, create one, rename it:',
    post('search', { objectClass: 'ZoomUser', options: { attributesToGet: ['FIRST_NAME', 'STATUS'] } }),
    post('create', {
      objectClass: 'ZoomUser',
      attributes: { __NAME__: name, FIRST_NAME: 'Ann', LAST_NAME: 'Doe', ...logins[api] },
    }),
    post('update-delta', {
      objectClass: 'ZoomUser',
      uid: name,
      deltas: [{ name: 'LAST_NAME', valuesToReplace: ['Roe'] }],
    }),
  ].join('\n');
}
