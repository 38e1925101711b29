import type { PartyFacts, PartyRefusal } from '../party.js';

/**
 * T-14: a call names the partner that was fixed, or one of the intermediary's own. A contract that has ended is no
 * reason to refuse here: what it once asked for can still be looked at and withdrawn.
 */
export function partnerIsKnown({ partner }: PartyFacts): PartyRefusal | undefined {
  return partner === 'chain_partner_unknown' ? { code: partner } : undefined;
}
