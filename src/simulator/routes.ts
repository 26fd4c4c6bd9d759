import { accountRoutes } from './account/account-routes.js';
import type { Route } from './http/route.js';
import { groupRoutes } from './groups/group-routes.js';
import { phoneRoutes } from './phone/phone-routes.js';
import { scimRoutes } from './scim/scim-routes.js';
import { userRoutes } from './users/user-routes.js';

/** Every call of Zoom's APIs that the simulator answers. */
export const routeTable: readonly Route[] = [
  ...userRoutes,
  ...groupRoutes,
  ...accountRoutes,
  ...phoneRoutes,
  ...scimRoutes,
];
