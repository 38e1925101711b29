import type { PartyFacts, PartyRefusal } from '../party.js';

/** RKN-D4: what is not in the institution's catalogue cannot be granted nor called. */
export function functionIsOffered({ isOffered }: PartyFacts): PartyRefusal | undefined {
  return isOffered ? undefined : { code: 'function_not_offered' };
}
