/** The schema names that Zoom's SCIM2 API uses. Source: https://developers.zoom.us/docs/api/scim2/ */
export const urns = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  /** Licences, phone and custom attributes of a user. */
  zoomUser: 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User',
  /** How a user signs in. */
  login: 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser',
  zoomGroup: 'urn:ietf:params:scim:schemas:extension:zoom:2.0:Group',
} as const;
