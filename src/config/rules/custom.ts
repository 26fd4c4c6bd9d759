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
    const shown = Object.entries(custom.attributeNames);
    const isRepeated = ([ours, name]: [string, string]): boolean =>
      shown.some(([other, same]) => other < ours && same === name);
    return shown.filter(isRepeated).map(([ours, name]) => ({
      path: `/custom/attributeNames/${ours}`,
      message: `The name ${name} is given to another attribute already.`,
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

/** Rules about names that have to be unique. */
export const nameRules: readonly Rule[] = [customAttributes, attributeNames, bearerTokens];

/** A delete that transfers nothing destroys what somebody is meant to inherit. */
const nothingToTransfer: Rule = {
  reads: ['/custom/transferOnDelete'],
  check: ({ custom: { transferOnDelete } }) => {
    if (transferOnDelete === null) return [];
    const { email: _email, ...options } = transferOnDelete;
    if (Object.values(options).includes(true)) return [];
    const message = `Names who receives, but nothing to be transferred: set one of ${Object.keys(options).join(', ')}.`;
    return [{ path: '/custom/transferOnDelete', message }];
  },
};

/** Rules about what deleted users leave. */
export const transferRules: readonly Rule[] = [nothingToTransfer];
