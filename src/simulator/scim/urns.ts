/** Names of schemas. Source: https://developers.zoom.us/docs/api/scim2/ */
export const urns = {
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  zoomUser: 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User',
  login: 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  zoomGroup: 'urn:ietf:params:scim:schemas:extension:zoom:2.0:Group',
} as const;

const location = 'https://api.zoom.us/scim2';

/** The member `meta` of a resource. */
export function metaOf(resourceType: 'User' | 'Group', id: string, created: string): Record<string, unknown> {
  const path = `${location}/${resourceType}s/${encodeURIComponent(id)}`;
  return { resourceType, version: '1.0.0', location: path, created, lastModified: created };
}
