import type { PartyFacts, PartyRefusal } from '../party.js';

/** RKN-0.2: the agreement names the institutions it covers; no other may be asked. */
export function institutionIsCovered(facts: PartyFacts): PartyRefusal | undefined {
  if (!facts.bankIsKnown) return { code: 'unknown_bank' };
  return facts.isCovered ? undefined : { code: 'institution_not_covered' };
}
