/** A name and its form in an e-mail address. */
export type NamePair = readonly [name: string, slug: string];

/** First names of seeded users; some are not ASCII on purpose. */
export const firstNames: readonly [NamePair, ...NamePair[]] = [
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
export const lastNames: readonly [NamePair, ...NamePair[]] = [
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

export const departments: readonly [string, ...string[]] = [
  '',
  'R&D',
  'Sales',
  'Finance',
  'People',
  'Operations',
];

export const timezones: readonly [string, ...string[]] = [
  '',
  'America/Chicago',
  'Europe/Berlin',
  'Asia/Tokyo',
];

export const jobTitles: readonly [string, ...string[]] = ['', 'Engineer', 'Manager', 'Analyst', 'Director'];

export const locations: readonly [string, ...string[]] = ['', 'Austin', 'Zürich', 'Tokyo'];

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
