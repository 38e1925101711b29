import { describe, expect, test } from '@jest/globals';
import { accepted, refused } from '#libs/kernel';
import type { Consent, ConsentedCall } from './consent.js';
import {
  decideAccess,
  decideTraffic,
  type AccessFacts,
  type TrafficFacts,
} from './decide-access.js';

const stop = (state: 'restricted' | 'suspended' | 'terminated') => ({
  state,
  clause: 'INT-13',
  since: 0,
  function: '*',
  chainPartnerId: '*',
});

const open: TrafficFacts = {
  covered: true,
  stop: undefined,
  partner: accepted(undefined),
  partnerIsStopped: false,
  offered: true,
};

describe('may the traffic pass? The first refusal wins', () => {
  const nothing: TrafficFacts = {
    covered: false,
    stop: stop('suspended'),
    partner: refused('chain_partner_unknown'),
    partnerIsStopped: true,
    offered: false,
  };
  //    clause                      facts                                              expected
  test.each([
    ['RKN-0.2 not covered', nothing, 'institution_not_covered'],
    ['RKN-S4c suspended', { ...nothing, covered: true }, 'linkage_suspended'],
    ['RKN-S4c restricted', { ...open, stop: stop('restricted') }, 'linkage_restricted'],
    ['RKN-0.2 terminated', { ...open, stop: stop('terminated') }, 'linkage_terminated'],
    ['RKN-C1a', { ...nothing, covered: true, stop: undefined }, 'chain_partner_unknown'],
    ['RKN-C2b/c', { ...open, partnerIsStopped: true, offered: false }, 'chain_partner_stopped'],
    ['RKN-D4', { ...open, offered: false }, 'function_not_offered'],
    ['open', open, 'passes'],
  ] as const)('%s', (_, facts, expected) => {
    const decision = decideTraffic(facts);
    expect(decision.ok ? 'passes' : decision.refusal.code).toBe(expected);
  });
});

const consent: Consent = {
  institutionId: 4,
  id: 'cns_1',
  holderId: 'hld_1',
  clientId: 'minato',
  epspId: 'epsp_minato',
  chainPartnerId: 'none',
  permissions: ['accounts_read'],
  purpose: 'bookkeeping',
  accountIds: ['acc_1'],
  state: 'authorised',
  stateReason: 'agreed',
  frozenFor: [],
  version: 2,
  askedAt: 0,
  decideBy: 1,
  wordingHash: 'sha256:0',
  grantedAt: 0,
  expiresAt: 1000,
};
const call: ConsentedCall = {
  institutionId: 4,
  consentId: 'cns_1',
  clientId: 'minato',
  epspId: 'epsp_minato',
  chainPartnerId: 'none',
  fn: 'accounts_read',
  accountId: 'acc_1',
  at: 999,
};
const facts: AccessFacts = { consent, holderState: 'active' };

describe('may the call rest on the consent? The first refusal wins', () => {
  const judge = (more: Partial<AccessFacts>, calls: Partial<ConsentedCall> = {}) => {
    const decision = decideAccess({ ...facts, ...more }, { ...call, ...calls });
    return decision.ok ? 'passes' : decision.refusal.code;
  };
  const as = (changed: Partial<Consent>) => ({ consent: { ...consent, ...changed } });

  //    clause                         facts                                call                            expected
  test.each([
    ['none', { consent: undefined }, {}, 'not_found'],
    ['another client', {}, { clientId: 'aoba' }, 'not_found'],
    ['T-14 another partner', {}, { chainPartnerId: 'cp_1' }, 'not_found'],
    ['RKN-D6 left', { holderState: 'terminated' as const }, {}, 'customer_left'],
    ['RKN-S1 the last moment', {}, { at: 999 }, 'passes'],
    ['RKN-S1 over its term', {}, { at: 1000 }, 'consent_expired'],
    ['RKN-S1 expired', as({ state: 'expired' }), {}, 'consent_expired'],
    ['RKN-S1/c revoked', as({ state: 'revoked' }), {}, 'consent_revoked'],
    ['consumed', as({ state: 'consumed' }), {}, 'consent_revoked'],
    ['RKN-S1/a', {}, { fn: 'balances_read' as const }, 'permission_not_granted'],
    ['RKN-S1/b', {}, { accountId: 'acc_2' }, 'not_found'],
    ['SM-9.2/e frozen', as({ state: 'frozen' }), {}, 'holder_unavailable'],
    ['SM-9.2/e locked', { holderState: 'locked' as const }, {}, 'holder_unavailable'],
    ['SM-3.4-1-4 stopped', { holderState: 'stopped' as const }, {}, 'holder_unavailable'],
    ['no account named', {}, { accountId: undefined }, 'passes'],
  ])('%s', (_, more, calls, expected) => {
    expect(judge(more as Partial<AccessFacts>, calls as Partial<ConsentedCall>)).toBe(expected);
  });

  test("T-29 everything on the holder's side is one code that names nothing", () => {
    for (const holderState of ['locked', 'stopped'] as const) {
      const decision = decideAccess({ consent, holderState }, call);
      expect(decision).toEqual(refused('holder_unavailable', { clause: 'RKN-D6' }));
    }
  });
});
