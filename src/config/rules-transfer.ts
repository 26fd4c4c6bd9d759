import type { Rule } from './rule.js';

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
