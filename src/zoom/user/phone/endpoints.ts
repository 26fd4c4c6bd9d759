import { endpointTable } from '../../kit/endpoint-table.js';

const readPhone = 'phone:read:admin phone:read';

const writePhone = 'phone:write:admin phone:write';

/**
 * Zoom Phone's calls with their rate labels and scopes, any one of which suffices.
 * Source: https://developers.zoom.us/docs/api/phone/
 */
export const phoneEndpoints = endpointTable('phone', {
  listPhoneUsers: ['GET /phone/users', 'medium', 'safe', 'phone:read:list_users:admin', 'phone:read:admin'],
  getPhoneUser: [
    'GET /phone/users/{userId}',
    'light',
    'safe',
    'phone:read:user:admin phone:read:user',
    readPhone,
  ],
  updatePhoneUser: [
    'PATCH /phone/users/{userId}',
    'light',
    'safe',
    'phone:update:user:admin phone:update:user',
    writePhone,
  ],
  updatePhoneUsers: [
    'PUT /phone/users/batch',
    'light',
    'safe',
    'phone:update:batch_users:admin',
    'phone:write:admin',
  ],
  assignCallingPlans: [
    'POST /phone/users/{userId}/calling_plans',
    'light',
    'lookFirst',
    'phone:write:calling_plan:admin phone:write:calling_plan',
    writePhone,
  ],
  swapCallingPlan: [
    'PUT /phone/users/{userId}/calling_plans',
    'light',
    'lookFirst',
    'phone:update:calling_plan:admin phone:update:calling_plan',
    writePhone,
  ],
  removeCallingPlan: [
    'DELETE /phone/users/{userId}/calling_plans/{planType}',
    'light',
    'safe',
    'phone:delete:users_calling_plan:admin phone:delete:users_calling_plan',
    writePhone,
  ],
  assignPhoneNumbers: [
    'POST /phone/users/{userId}/phone_numbers',
    'light',
    'lookFirst',
    'phone:write:user_number:admin phone:write:user_number',
    writePhone,
  ],
  removePhoneNumber: [
    'DELETE /phone/users/{userId}/phone_numbers/{phoneNumberId}',
    'light',
    'safe',
    'phone:delete:user_number:admin phone:delete:user_number',
    writePhone,
  ],
  listPhoneSites: ['GET /phone/sites', 'medium', 'safe', 'phone:read:list_sites:admin', 'phone:read:admin'],
});
