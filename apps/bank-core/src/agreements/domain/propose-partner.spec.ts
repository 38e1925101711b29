import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import type { ContractTerms } from './contract-terms.js';
import {
  afterWithdrawal,
  changeProposal,
  checkProposal,
  isSameProposal,
  PROPOSALS_OPEN_MAX,
  type ProposedPartner,
} from './propose-partner.js';

const service = (
  id: string,
  ...acts: ('conveys_instructions' | 'fetches_account_information')[]
) => ({ id, nameJa: '家計', nameEn: 'Budget', acts, since: CivilDate.from('2024-04-01') });
const services = [
  service('svc_reads', 'fetches_account_information'),
  service('svc_both', 'conveys_instructions', 'fetches_account_information'),
];
const terms: ContractTerms = {
  purpose: '家計簿への表示',
  method: 'API',
  services: [],
  legalBasisKind: 'banking_act_resubcontractor',
  standsBeforeEpsp: true,
  contractDocument: undefined,
};
const good: ProposedPartner = {
  terms,
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
  const verdict = checkProposal({ ...good, ...over }, { today, open, services });
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
    [
      'RKN-D2 a mere subcontractor of the intermediary',
      { terms: { ...terms, legalBasisKind: 'technical_subcontractor' } },
      'not_a_chain_partner',
    ],
    [
      'RKN-D2 a firm that does not stand before the user',
      { terms: { ...terms, standsBeforeEpsp: false } },
      'not_a_chain_partner',
    ],
    [
      'RKN-D2 not yet established: people will ask',
      { terms: { ...terms, legalBasisKind: undefined } },
      'proposed',
    ],
    [
      'RKN-C1a an instruction through a service that only reads',
      {
        functions: ['transfer_initiation'],
        directions: ['INSTRUCTION_IN'],
        terms: { ...terms, services: ['svc_reads'] },
      },
      'partner_scope_too_wide',
    ],
    [
      'RKN-D3 the same through one that conveys instructions',
      {
        functions: ['transfer_initiation'],
        directions: ['INSTRUCTION_IN'],
        terms: { ...terms, services: ['svc_both'] },
      },
      'proposed',
    ],
    [
      'RKN-C1a a service that is not the intermediary’s own',
      { terms: { ...terms, services: ['svc_foreign'] } },
      'partner_scope_too_wide',
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

describe('a correction of a proposal', () => {
  const filed = {
    ...good,
    id: 'cp_1',
    intermediaryId: 'epsp_1',
    status: 'proposed',
    version: 4,
  } as const;
  const corrected = (change: Parameters<typeof changeProposal>[1]) => {
    const result = changeProposal(filed, change);
    if (!result.ok) throw new Error(result.refusal.code);
    return result.value;
  };

  test('RKN-C1a what is said replaces, what is left out stays, and the version is the next', () => {
    expect(corrected({ nameEn: 'Swallow', terms: { method: 'API v2' } })).toEqual({
      ...filed,
      nameEn: 'Swallow',
      terms: { ...terms, method: 'API v2' },
      version: 5,
    });
    expect(corrected({ nameEn: undefined, terms: { purpose: undefined } })).toEqual({
      ...filed,
      version: 5,
    });
  });

  test('RKN-C1a the last day is taken away by null alone', () => {
    expect(corrected({ contractTo: null, terms: {} }).contractTo).toBeUndefined();
    expect(corrected({ contractTo: undefined, terms: {} }).contractTo).toEqual(good.contractTo);
  });

  test('RKN-C1a the same words are the same proposal, whatever its version', () => {
    expect(isSameProposal(corrected({ nameEn: good.nameEn, terms: {} }), filed)).toBe(true);
    expect(isSameProposal(corrected({ contractTo: null, terms: {} }), filed)).toBe(false);
  });

  test.each(['withdrawn', 'contracted', 'stopped'] as const)('RKN-C1a %s is none', (status) => {
    expect(changeProposal({ ...filed, status }, { terms: {} })).toMatchObject({
      refusal: { code: 'proposal_closed', clause: 'RKN-C1a' },
    });
  });
});
