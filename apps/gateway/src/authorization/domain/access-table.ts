import type { AccessCheck, AccessKind, PartyCheck } from './access.js';
import { customerClaimIsReadable } from './checks/customer-claim-is-readable.js';
import { functionIsOffered } from './checks/function-is-offered.js';
import { grantCovers } from './checks/grant-covers.js';
import { institutionIsTheOne } from './checks/institution-is-the-one.js';
import { institutionServes } from './checks/institution-serves.js';
import { linkIsOpen } from './checks/link-is-open.js';
import { partnerIsContracted } from './checks/partner-is-contracted.js';
import { partnerIsKnown } from './checks/partner-is-known.js';
import { partnerIsNamed } from './checks/partner-is-named.js';
import { rateIsKept } from './checks/rate-is-kept.js';
import { requestIsBounded } from './checks/request-is-bounded.js';
import { softwareIsOpen } from './checks/software-is-open.js';
import { tokenIsBound } from './checks/token-is-bound.js';
import { tokenIsLive } from './checks/token-is-live.js';

export interface AccessRule {
  readonly check: AccessCheck;
  /** Clauses and specifications this check rests on. */
  readonly restsOn: readonly string[];
  readonly kinds: readonly AccessKind[];
}

const READ = 'read';
const PAY = 'pay';
const STATUS = 'status';
const SEE = 'consent';
const OWN = 'own';

const check = (
  check: AccessCheck,
  restsOn: readonly string[],
  ...kinds: AccessKind[]
): AccessRule => ({ check, restsOn, kinds });

/** Checks that look at the party alone serve the pushed request as well; the row keeps their name. */
const ofParty = (partyCheck: PartyCheck): AccessCheck =>
  Object.defineProperty(({ party }: Parameters<AccessCheck>[0]) => partyCheck(party), 'name', {
    value: partyCheck.name,
  });

/** Every call of the API passes this table from top to bottom; the first refusal wins. */
// prettier-ignore
export const accessTable: readonly AccessRule[] = [
  //    check                         rests on                       reads transfers outcomes consents own
  check(requestIsBounded,             ['house rule: limits first'],  READ, PAY, STATUS, SEE, OWN),
  check(tokenIsLive,                  ['RFC 6750 section 3.1'],      READ, PAY, STATUS, SEE, OWN),
  check(tokenIsBound,                 ['RFC 9449', 'RFC 8705', 'RKN-S1'], READ, PAY, STATUS, SEE, OWN),
  check(grantCovers,                  ['RKN-S1'],                    READ, PAY, STATUS, SEE, OWN),
  check(softwareIsOpen,               ['users.md A.3', 'INT-13'],    READ, PAY, OWN),
  check(institutionIsTheOne,          ['RKN-0.2'],                   READ, PAY, STATUS, SEE),
  check(partnerIsNamed,               ['RKN-D1a', 'RKN-D1b'],        READ, PAY),
  check(ofParty(institutionServes),   ['house rule: announced outages'], READ, PAY),
  check(ofParty(linkIsOpen),          ['RKN-S4c', 'RKN-C2b'],        READ, PAY),
  check(ofParty(partnerIsContracted), ['RKN-C1a'],                   READ, PAY),
  check(ofParty(partnerIsKnown),      ['RKN-C1a'],                   STATUS, SEE),
  check(ofParty(functionIsOffered),   ['RKN-D4'],                    READ, PAY),
  check(customerClaimIsReadable,      ['FAPI 1.0 Baseline section 6.2', 'SM-3.5'], READ, PAY, STATUS, SEE, OWN),
  check(rateIsKept,                   ['house rule: quota', 'RKN-S4c', 'RKN-C2b'], READ, PAY, STATUS, SEE, OWN),
];
