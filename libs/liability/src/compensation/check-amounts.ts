import { accepted, type Result } from '#libs/kernel';
import { isInstant } from '../instants.js';
import type { CompensationClaim } from './claim.js';
import { refused } from '../refused.js';

const amount = (code: 'amount_negative' | 'amount_not_positive', field: string, clause: string) =>
  refused(code, { clause, facts: { field } });

/**
 * What must hold of a claim's amounts and instants before anything is computed: at least one transfer,
 * none named twice, no amount below zero. Refuses with the field and the clause.
 */
export function checkAmounts(claim: CompensationClaim): Result<true> {
  const { transfers, setOffs, notices, noticedAt } = claim;
  if (transfers.length === 0) {
    return refused('transfers_missing', { clause: 'SM-13.1b', facts: { field: 'transfers' } });
  }
  const seen = new Set<string>();
  for (const [index, { id, happenedAt, ...money }] of transfers.entries()) {
    const field = `transfers[${index}]`;
    if (seen.has(id)) {
      return refused('named_twice', { clause: 'SM-14.2d', facts: { field: `${field}.id`, id } });
    }
    seen.add(id);
    if (!isInstant(happenedAt)) return malformedInstant(`${field}.happenedAt`, 'SM-14.2b');
    if (money.amount <= 0n) return amount('amount_not_positive', `${field}.amount`, 'SM-14.2d');
    if (money.fee < 0n) return amount('amount_negative', `${field}.fee`, 'SM-14.2d');
    if (money.interest < 0n) return amount('amount_negative', `${field}.interest`, 'SM-14.2d');
  }
  for (const [index, { at }] of notices.entries()) {
    if (!isInstant(at)) return malformedInstant(`notices[${index}].at`, 'SM-14.1-1');
  }
  if (noticedAt !== undefined && !isInstant(noticedAt)) {
    return malformedInstant('noticedAt', 'SM-14.1-1');
  }
  const returned = new Set<string>();
  for (const [index, { id, kind, amountYen }] of setOffs.entries()) {
    const clause = kind === 'refund' ? 'SM-14.5a' : 'SM-14.5b';
    if (amountYen < 0n) return amount('amount_negative', `setOffs[${index}].amountYen`, clause);
    if (returned.has(id)) {
      return refused('named_twice', { clause, facts: { field: `setOffs[${index}].id`, id } });
    }
    returned.add(id);
  }
  return accepted(true);
}

const malformedInstant = (field: string, clause: string) =>
  refused('instant_malformed', { clause, facts: { field } });
