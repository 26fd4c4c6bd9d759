/** What to do about errors that several rows of the table speak of. */

export const licence =
  'Release a licence or buy more in Zoom\'s billing pages; the message of Zoom in "upstream" names the pool.';
export const protectedUser =
  "Zoom protects owners and administrators from this call; change the user in Zoom's portal.";
export const domain =
  'Add the domain to the managed domains of the Zoom account, or use an address in one of them.';
export const mailTaken = 'The address belongs to a user of this account or of another one.';
export const token = 'Zoom refuses the access token, a fresh one too: check that the app is activated.';
