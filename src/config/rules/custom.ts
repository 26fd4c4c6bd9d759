import type { Finding } from '../../connid/errors.js';
import type { Rule } from './rule.js';

const customAttributes: Rule = {
  reads: ['/custom/customAttributes'],
  check: ({ custom }) => {
    const { customAttributes } = custom;
    return [
      ...repeated('/custom/customAttributes/*/name', customAttributes, ({ name }) => name),
      ...repeated('/custom/customAttributes/*/attribute', customAttributes, ({ attribute }) => attribute),
    ];
  },
};

const attributeNames: Rule = {
  reads: ['/custom/attributeNames'],
  check: ({ custom }) => {
    const names = Object.values(custom.attributeNames);
    return repeatedAt(names).map(({ index, first }) => ({
      path: '/custom/attributeNames',
      message: `The value of member ${index + 1} repeats that of member ${first + 1}.`,
    }));
  },
};

const bearerTokens: Rule = {
  reads: ['/server/authentication/bearerTokens'],
  check: ({ server }) => {
    const { bearerTokens } = server.authentication;
    return [
      ...repeated('/server/authentication/bearerTokens/*/name', bearerTokens, ({ name }) => name),
      ...repeated('/server/authentication/bearerTokens/*/sha256', bearerTokens, ({ sha256 }) => sha256),
    ];
  },
};

function repeated<Item>(path: string, items: readonly Item[], keyOf: (item: Item) => string): Finding[] {
  return repeatedAt(items.map(keyOf)).map(({ index, first }) => ({
    path: path.replace('*', String(index)),
    message: `Repeats the entry at position ${first}.`,
  }));
}

/** Positions of keys that an earlier position has. */
function repeatedAt(keys: readonly string[]): { readonly index: number; readonly first: number }[] {
  const firsts = new Map<string, number>();
  return keys.flatMap((key, index) => {
    const first = firsts.get(key);
    if (first !== undefined) return [{ index, first }];
    firsts.set(key, index);
    return [];
  });
}

/** Rules about names that must be unique. */
export const nameRules: readonly Rule[] = [customAttributes, attributeNames, bearerTokens];

/** Requires at least one kind of data to transfer: otherwise a delete would destroy data that has a recipient. */
const nothingToTransfer: Rule = {
  reads: ['/custom/transferOnDelete'],
  check: ({ custom: { transferOnDelete } }) => {
    if (transferOnDelete === null) return [];
    const { email: _email, ...options } = transferOnDelete;
    if (Object.values(options).includes(true)) return [];
    const message = `Names a recipient, but nothing to transfer: set one of ${Object.keys(options).join(', ')}.`;
    return [{ path: '/custom/transferOnDelete', message }];
  },
};

/** Rules about the data of deleted users. */
export const transferRules: readonly Rule[] = [nothingToTransfer];
