import { describe, expect, test } from '@jest/globals';
import type { CatalogueView } from '#libs/bank-core-client';
import { CatalogueCopy } from './catalogue-copy.js';

const names = { nameJa: '名', nameKana: 'ナ', nameEn: 'name' };
const view: CatalogueView = {
  institutions: [
    {
      bankCode: '2963',
      kind: 'labour_bank',
      ...names,
      functions: {
        accounts_read: true,
        balances_read: true,
        transactions_read: true,
        transfer_initiation: false,
      },
    },
  ],
  intermediaries: [
    { epspId: 'epsp_a', ...names, registration: 'r', status: 'active', coveredBankCodes: ['2963'] },
    {
      epspId: 'epsp_b',
      ...names,
      registration: 'r',
      status: 'terminated',
      coveredBankCodes: ['2963'],
    },
  ],
  chainPartners: [
    {
      chainPartnerId: 'cp_1',
      epspId: 'epsp_a',
      nameJa: '名',
      nameEn: 'name',
      functions: ['accounts_read'],
      contractFrom: '2026-04-01',
      contractTo: '2026-11-21',
      status: 'contracted',
    },
    {
      chainPartnerId: 'cp_2',
      epspId: 'epsp_a',
      nameJa: '名',
      nameEn: 'name',
      functions: ['accounts_read'],
      contractFrom: '2026-04-01',
      contractTo: null,
      status: 'stopped',
    },
  ],
};
const copy = new CatalogueCopy(view);

test('RKN-0.2 only a living agreement covers, and only what it names', () => {
  expect(copy.covers('epsp_a', '2963')).toBe(true);
  expect(copy.covers('epsp_a', '2972')).toBe(false);
  expect(copy.covers('epsp_b', '2963')).toBe(false);
  expect(copy.covers('epsp_c', '2963')).toBe(false);
});

test('RKN-D4 an institution offers what its catalogue says', () => {
  expect(copy.offers('2963', 'accounts_read')).toBe(true);
  expect(copy.offers('2963', 'transfer_initiation')).toBe(false);
  expect(copy.offers('2972', 'accounts_read')).toBe(false);
});

describe('RKN-C1a the chain partner', () => {
  const judge = (
    epsp: string,
    partner: string,
    fn: 'accounts_read' | 'balances_read',
    on: string,
  ) => copy.judgePartner(epsp, partner, fn, on);
  test.each([
    ['none', 'epsp_a', 'none', 'balances_read', '2026-11-22', 'contracted'],
    ['/a unknown', 'epsp_a', 'cp_9', 'accounts_read', '2026-11-21', 'chain_partner_unknown'],
    [
      'T-14 another one’s',
      'epsp_b',
      'cp_1',
      'accounts_read',
      '2026-11-21',
      'chain_partner_unknown',
    ],
    ['before it began', 'epsp_a', 'cp_1', 'accounts_read', '2026-03-31', 'chain_partner_stopped'],
    ['its first day', 'epsp_a', 'cp_1', 'accounts_read', '2026-04-01', 'contracted'],
    ['its last day', 'epsp_a', 'cp_1', 'accounts_read', '2026-11-21', 'contracted'],
    [
      '/b ended yesterday',
      'epsp_a',
      'cp_1',
      'accounts_read',
      '2026-11-22',
      'chain_partner_stopped',
    ],
    ['/b stopped', 'epsp_a', 'cp_2', 'accounts_read', '2026-11-21', 'chain_partner_stopped'],
    ['/c beyond', 'epsp_a', 'cp_1', 'balances_read', '2026-11-21', 'chain_partner_scope'],
  ] as const)('%s', (_title, epsp, partner, fn, on, expected) => {
    expect(judge(epsp, partner, fn, on)).toBe(expected);
  });
});
