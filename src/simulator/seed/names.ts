/** A name, and the same name as part of an e-mail address. */
type NamePair = readonly [name: string, slug: string];

/** First names of seeded users. Some contain characters beyond ASCII on purpose. */
const firstNames: readonly NamePair[] = [
  ['Jill', 'jill'],
  ['Zoë', 'zoe'],
  ['José', 'jose'],
  ['Aiko', 'aiko'],
  ['Łukasz', 'lukasz'],
  ['Maria', 'maria'],
  ['Åsa', 'asa'],
  ['Tom', 'tom'],
  ['Priya', 'priya'],
  ['Omar', 'omar'],
  ['李娜', 'lina'],
  ['Grace', 'grace'],
  ['Søren', 'soren'],
  ['Noah', 'noah'],
  ['Chloé', 'chloe'],
  ['Ivan', 'ivan'],
];

/** Last names of seeded users. */
const lastNames: readonly NamePair[] = [
  ['Chill', 'chill'],
  ['Müller', 'mueller'],
  ["O'Brien", 'obrien'],
  ['Núñez', 'nunez'],
  ['Tanaka', 'tanaka'],
  ['Kowalska', 'kowalska'],
  ['Smith', 'smith'],
  ['Nguyễn', 'nguyen'],
  ['van den Berg', 'vandenberg'],
  ['Patel', 'patel'],
  ['García López', 'garcialopez'],
  ['Öztürk', 'ozturk'],
  ['Jones', 'jones'],
  ['Popescu', 'popescu'],
];

export const departments: readonly string[] = ['', 'R&D', 'Sales', 'Finance', 'People', 'Operations'];

export const timezones: readonly string[] = ['', 'America/Chicago', 'Europe/Berlin', 'Asia/Tokyo'];

export const jobTitles: readonly string[] = ['', 'Engineer', 'Manager', 'Analyst', 'Director'];

export const locations: readonly string[] = ['', 'Austin', 'Zürich', 'Tokyo'];

export const groupNames: readonly string[] = [
  'Engineering',
  'Sales',
  'Marketing',
  'Finance',
  'Human Resources',
  'Legal',
  'Support',
  'Operations',
  'Research & Development',
  'Zürich Office',
  'Contractors',
  'Executives',
];

/** The names of a person. */
interface PersonName {
  readonly first_name: string;
  readonly last_name: string;
  readonly display_name: string;
  /** Start of the e-mail address. */
  readonly slug: string;
}

/** Every combination of names. Users of a large account share these strings. */
export const personNames: readonly PersonName[] = firstNames.flatMap(([first, firstSlug]) =>
  lastNames.map(([last, lastSlug]) => ({
    first_name: first,
    last_name: last,
    display_name: `${first} ${last}`,
    slug: `${firstSlug}.${lastSlug}`,
  })),
);
