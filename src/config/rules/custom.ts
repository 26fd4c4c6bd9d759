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
    const renames = Object.entries(custom.attributeNames);
    const isRepeated = ([attribute, name]: [string, string]): boolean =>
      renames.some(([other, otherName]) => other < attribute && otherName === name);
    return renames.filter(isRepeated).map(([attribute, name]) => ({
      path: `/custom/attributeNames/${attribute}`,
      message: `The name ${name} already belongs to another attribute.`,
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
  const keys = items.map(keyOf);
  return keys.flatMap((key, index) => {
    const first = keys.indexOf(key);
    const message = `Repeats the entry at position ${first}.`;
    return first === index ? [] : [{ path: path.replace('*', String(index)), message }];
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
