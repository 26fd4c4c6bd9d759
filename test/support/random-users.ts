import { modeSettings } from '../e2e/scim/address-states.js';
import { variants } from '../e2e/scim/variants.js';
import { startService, type TestService } from './service.js';

/** The seed of a failing run is in the report; give it as `MODEL_SEED` to see that run again. */
export const seed = Number(process.env['MODEL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** The ways to run the connector, and a Zoom that takes away what a replacement leaves out. */
export const ways = variants.filter(({ name }) =>
  [...Object.values(modeSettings).map(({ title }) => title), 'SCIM alone, PUT replaces'].includes(name),
);

export type Value = string | number | boolean;
/** What an object shows, by attribute. */
export type Shown = Readonly<Record<string, Value | readonly Value[] | null>>;

/** Starts a service for users of random attributes, in a small account. */
export function startForRandomUsers(
  { settings }: (typeof ways)[number],
  { custom = {}, service = {} }: { readonly custom?: object; readonly service?: object } = {},
): Promise<TestService> {
  return startService({
    service: { ...settings['service'], ...service },
    custom: { deactivateOnDelete: false, ...custom },
    simulator: { users: 12, groups: 3, phoneUsers: 0, ...settings['simulator'] },
  });
}

/** The attributes of users that can be read and, at create or at update, be given. */
export async function attributesThatAre(
  given: 'creatable' | 'updateable',
  service: TestService,
): Promise<ReadonlySet<string>> {
  const answer = await service.get('/v1/schema').expect(200);
  type Info = Readonly<Record<typeof given | 'readable', boolean>> & { readonly name: string };
  const [users] = (answer.body as { objectClasses: [{ attributes: Info[] }] }).objectClasses;
  return new Set(users.attributes.filter((info) => info.readable && info[given]).map(({ name }) => name));
}

/** A user as a listing tells it: unlike a single read, it is not put right by what was written lately. */
export async function listed(service: TestService, address: string, names: Iterable<string>): Promise<Shown> {
  const filter = { startsWith: { EMAIL: address } };
  const request = { objectClass: 'ZoomUser', filter, options: { attributesToGet: [...names] } };
  const answer = await service.post('search', request).expect(200);
  const [user] = (answer.body as { results: { attributes: Shown }[] }).results;
  return user?.attributes ?? {};
}

/** Several values in one order: Zoom promises none. */
export const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.map(String).sort() : value);

/** The calls since the last look that are no reads. */
export const writes = (service: TestService): readonly string[] =>
  service.calls().filter((call) => !call.startsWith('GET'));
