import { expect, test } from '@jest/globals';
import { decideRequest } from './decide-request.js';
import type { PartyFacts } from './party.js';

const good: PartyFacts = {
  bankIsKnown: true,
  isCovered: true,
  link: undefined,
  partner: 'contracted',
  isOffered: true,
  maintenance: undefined,
};

test.each<[string, Partial<PartyFacts>, string | undefined]>([
  ['an institution nobody knows', { bankIsKnown: false, isCovered: false }, 'unknown_bank'],
  ['RKN-0.2 not covered', { isCovered: false, link: 'stale' }, 'institution_not_covered'],
  [
    'D.5 an announced outage, whose institution is silent',
    { maintenance: { until: 1_800_000_060_000, seconds: 60 }, link: 'stale' },
    'maintenance',
  ],
  ['T-19 no current copy', { link: 'stale', isOffered: false }, 'core_unavailable'],
  ['RKN-C1a a foreign partner', { partner: 'chain_partner_unknown' }, 'chain_partner_unknown'],
  ['RKN-D4 not offered', { isOffered: false }, 'function_not_offered'],
  ['RKN-S4c everything in order', {}, undefined],
])('a push: %s', (_title, over, expected) => {
  expect(decideRequest([{ ...good, ...over }])?.code).toBe(expected);
});

test('RKN-C1a/c one function of several that is not in order refuses them all', () => {
  const partner = 'chain_partner_scope';
  expect(decideRequest([good, { ...good, partner }])?.code).toBe(partner);
});
