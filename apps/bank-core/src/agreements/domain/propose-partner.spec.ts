import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import {
  afterWithdrawal,
  checkProposal,
  PROPOSALS_OPEN_MAX,
  type ProposedPartner,
} from './propose-partner.js';

const good: ProposedPartner = {
  nameJa: 'つばめ貯金',
  nameKana: 'ツバメチヨキン',
  nameEn: 'Tsubame Savings',
  legalBasis: '電子決済等代行業再委託者',
  contractFrom: CivilDate.from('2026-12-01'),
  contractTo: CivilDate.from('2027-11-30'),
  directions: ['INFO_OUT'],
  functions: ['accounts_read'],
};
const today = CivilDate.from('2026-11-22');
const judge = (over: Partial<ProposedPartner>, open = 0) => {
  const verdict = checkProposal({ ...good, ...over }, { today, open });
  return verdict.ok ? 'proposed' : verdict.refusal.code;
};
const on = (text: string) => CivilDate.from(text);

describe('a proposal of a chain partner', () => {
  test.each<[string, Partial<ProposedPartner>, string]>([
    ['RKN-C1a one day long', { contractTo: on('2026-12-01') }, 'proposed'],
    ['RKN-C1a ends before it begins', { contractTo: on('2026-11-30') }, 'contract_period_wrong'],
    [
      'RKN-C1a ended yesterday',
      { contractFrom: on('2026-01-01'), contractTo: on('2026-11-21') },
      'contract_period_wrong',
    ],
    ['RKN-C1a without an end', { contractTo: undefined }, 'proposed'],
    [
      'RKN-D1b an instruction without its direction',
      { functions: ['accounts_read', 'transfer_initiation'] },
      'functions_and_directions_differ',
    ],
    [
      'RKN-D1a a direction that nothing uses',
      { directions: ['INFO_OUT', 'INSTRUCTION_IN'] },
      'functions_and_directions_differ',
    ],
    [
      'RKN-D1b both ways',
      {
        functions: ['accounts_read', 'transfer_initiation'],
        directions: ['INFO_OUT', 'INSTRUCTION_IN'],
      },
      'proposed',
    ],
  ])('%s', (_title, over, expected) => {
    expect(judge(over)).toBe(expected);
  });

  test('T-31 so many may wait for people, and one more may not', () => {
    expect(judge({}, PROPOSALS_OPEN_MAX - 1)).toBe('proposed');
    expect(judge({}, PROPOSALS_OPEN_MAX)).toBe('too_many_proposals');
  });
});

test.each([
  ['proposed', 'withdrawn'],
  ['contracted', 'stopped'],
  ['stopped', 'stopped'],
  ['withdrawn', 'withdrawn'],
] as const)('RKN-C2b/b a %s partner that is withdrawn is %s', (before, after) => {
  expect(afterWithdrawal(before)).toBe(after);
});
