/** Commands to try first, for the service at this address. */
export function examples(url: string): string {
  const post = (operation: string, body: object) =>
    `curl -s ${url}/v1/${operation} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
  const name = 'jane.roe@example.com';
  return [
    'List users, create one, rename it:',
    post('search', { objectClass: 'ZoomUser', options: { attributesToGet: ['FIRST_NAME', 'STATUS'] } }),
    post('create', {
      objectClass: 'ZoomUser',
      attributes: {
        __NAME__: name,
        FIRST_NAME: 'Jane',
        LAST_NAME: 'Roe',
        CREATE_ACTION: 'autoCreate',
        PASSWORD: 'Change-me-2-day',
      },
    }),
    post('update-delta', {
      objectClass: 'ZoomUser',
      uid: name,
      deltas: [{ name: 'LAST_NAME', valuesToReplace: ['Doe'] }],
    }),
  ].join('\n');
}
