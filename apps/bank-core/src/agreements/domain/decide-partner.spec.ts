import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { decidePartner } from './decide-partner.js';
import type { ChainPartner } from './intermediary.js';

const kodama: ChainPartner = {
  id: 'cp_01j0000000000000000000kdma',
  intermediaryId: 'epsp_aoba',
  nameJa: 'こだま会計',
  nameKana: 'コダマカイケイ',
  nameEn: 'Kodama Accounting',
  legalBasis: '再委託者',
  contractFrom: CivilDate.from('2026-04-01'),
  contractTo: CivilDate.from('2027-03-31'),
  directions: ['INFO_OUT'],
  functions: ['accounts_read', 'transfer_initiation'],
  status: 'contracted',
};

const judge = (
  partner: ChainPartner | undefined,
  on: string,
  fn = 'accounts_read',
  by = 'epsp_aoba',
) => {
  const decision = decidePartner(partner, by, fn, CivilDate.from(on));
  return decision.ok ? 'passes' : decision.refusal.code;
};

describe('may a chain partner stand behind the call?', () => {
  //    clause             partner                            day           function               expected
  test.each([
    ['RKN-C1a/a unknown', undefined, '2026-11-22', 'accounts_read', 'chain_partner_unknown'],
    [
      'RKN-C1a/a only proposed',
      { ...kodama, status: 'proposed' as const },
      '2026-11-22',
      'accounts_read',
      'chain_partner_unknown',
    ],
    [
      'RKN-C1a/a withdrawn',
      { ...kodama, status: 'withdrawn' as const },
      '2026-11-22',
      'accounts_read',
      'chain_partner_unknown',
    ],
    ['RKN-C1a the day before it', kodama, '2026-03-31', 'accounts_read', 'chain_partner_unknown'],
    ['RKN-C1a its first day', kodama, '2026-04-01', 'accounts_read', 'passes'],
    ['RKN-C1a/b its last day', kodama, '2027-03-31', 'accounts_read', 'passes'],
    ['RKN-C1a/b ended yesterday', kodama, '2027-04-01', 'accounts_read', 'chain_partner_unknown'],
    [
      'RKN-C2b/c stopped',
      { ...kodama, status: 'stopped' as const },
      '2026-11-22',
      'accounts_read',
      'chain_partner_stopped',
    ],
    ['RKN-C1a/c function', kodama, '2026-11-22', 'balances_read', 'chain_partner_scope'],
    ['RKN-C1a/c direction', kodama, '2026-11-22', 'transfer_initiation', 'chain_partner_scope'],
    [
      'RKN-C1a no end',
      { ...kodama, contractTo: undefined },
      '2099-01-01',
      'accounts_read',
      'passes',
    ],
  ])('%s', (_, partner, on, fn, expected) => {
    expect(judge(partner, on, fn)).toBe(expected);
  });

  test('T-14 a partner of another intermediary is as unknown as none', () => {
    expect(judge(kodama, '2026-11-22', 'accounts_read', 'epsp_minato')).toBe(
      'chain_partner_unknown',
    );
  });
});
