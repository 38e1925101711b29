import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import type { LinkStop } from '../../links/index.js';
import { partyStanding, type PartyFacts } from './party-standing.js';

const today = CivilDate.from('2026-11-22');
const stop = (state: LinkStop['state']): LinkStop => ({
  state,
  clause: 'RKN-S4c',
  since: 0,
  function: '*',
  chainPartnerId: '*',
});
const FUNCTIONS = ['accounts_read', 'balances_read'] as const;
const all = (one: LinkStop | undefined): PartyFacts['stops'] =>
  new Map(FUNCTIONS.map((fn) => [fn, one]));
const open: PartyFacts = { isCovered: true, partner: undefined, stops: all(undefined), today };
const partner = { status: 'contracted', contractTo: undefined } as const;
const until = (date: string) => ({ ...partner, contractTo: CivilDate.from(date) });

describe('what becomes of consents when something happens to their party', () => {
  //    clause                                          facts                                              expected
  test.each([
    ['RKN-0.2 the agreement is over', { ...open, isCovered: false }, 'ends: agreement_ended'],
    [
      'RKN-C1a/b the contract ended yesterday',
      { ...open, partner: until('2026-11-21') },
      'ends: partner_contract_ended',
    ],
    ['RKN-C1a/b the contract ends today', { ...open, partner: until('2026-11-22') }, 'lives'],
    [
      'RKN-S4c terminated throughout',
      { ...open, stops: all(stop('terminated')) },
      'ends: linkage_terminated',
    ],
    [
      'RKN-S4c terminated in one function only',
      { ...open, stops: new Map([...all(undefined), ['balances_read', stop('terminated')]]) },
      'freezes: balances_read',
    ],
    [
      'RKN-S4c suspended',
      { ...open, stops: all(stop('suspended')) },
      'freezes: accounts_read balances_read',
    ],
    [
      'RKN-S4c/c restricted: refused call by call',
      { ...open, stops: all(stop('restricted')) },
      'lives',
    ],
    [
      'RKN-C2b the partner stopped',
      { ...open, partner: { ...partner, status: 'stopped' } },
      'freezes: accounts_read balances_read',
    ],
    [
      'RKN-C1a/b over before stopped',
      { ...open, partner: { ...until('2026-11-21'), status: 'stopped' } },
      'ends: partner_contract_ended',
    ],
    ['RKN-S1 everything in order', open, 'lives'],
  ] as [string, PartyFacts, string][])('%s', (_, facts, expected) => {
    const standing = partyStanding(facts);
    const stopped = standing.ends ? [] : standing.stopped;
    const freezes = stopped.length > 0 ? `freezes: ${stopped.join(' ')}` : 'lives';
    expect(standing.ends ? `ends: ${standing.reason}` : freezes).toBe(expected);
  });
});
