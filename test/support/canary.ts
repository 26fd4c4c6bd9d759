/**
 * What tests plant as secrets, names and addresses, to be looked for where it must not be. Each has the word that the
 * last step of `npm test` searches the log of the whole run for; tests may add more of their own that have it.
 */
export const canary = {
  clientSecret: 'canary-client-secret',
  password: 'Canary7Horse!x',
  firstName: 'CanaryJane',
  lastName: 'CanaryRoe',
  address: 'jane.canary@example.com',
} as const;
