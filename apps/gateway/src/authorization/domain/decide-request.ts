import type { PartyFacts, PartyRefusal } from './party.js';
import { functionIsOffered } from './checks/function-is-offered.js';
import { institutionIsCovered } from './checks/institution-is-covered.js';
import { institutionServes } from './checks/institution-serves.js';
import { linkIsOpen } from './checks/link-is-open.js';
import { partnerIsContracted } from './checks/partner-is-contracted.js';

/** The same checks as on every call, in the same order, already at the push (RKN-S4c, RKN-C1a, RKN-D4). */
const requestTable = [
  institutionIsCovered,
  institutionServes,
  linkIsOpen,
  partnerIsContracted,
  functionIsOffered,
];

/** The first refusal for any of the functions that a pushed request asks for. */
export function decideRequest(functions: readonly PartyFacts[]): PartyRefusal | undefined {
  for (const check of requestTable) {
    for (const facts of functions) {
      const refusal = check(facts);
      if (refusal) return refusal;
    }
  }
  return undefined;
}
