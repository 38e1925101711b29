import type { PartyFacts, PartyRefusal } from '../party.js';

/** RKN-C1a: a chain partner exists only with a contract in force that holds this function. */
export function partnerIsContracted({ partner }: PartyFacts): PartyRefusal | undefined {
  return partner === 'contracted' ? undefined : { code: partner };
}
