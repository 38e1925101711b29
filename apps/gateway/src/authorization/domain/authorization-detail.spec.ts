import { describe, expect, test } from '@jest/globals';
import { readDetails } from './authorization-detail.js';

const information = {
  type: 'account_information',
  bank_code: '2963',
  permissions: ['accounts_read'],
  purpose: 'bookkeeping',
  term_days: 90,
  chain_partner: 'none',
};
const creditor = {
  bank_code: '2963',
  branch_code: '201',
  account_type: '1',
  account_number: '1234567',
  name_kana: 'ロウキン ハナコ',
};
const debit = { branch_code: '201', account_type: '1', account_number: '7654321' };
const transfer = {
  type: 'transfer_initiation',
  bank_code: '2963',
  instruction_id: 'order-1',
  creditor,
  amount: { amount: '10000', currency: 'JPY' },
  chain_partner: 'none',
};
const yen = (amount: unknown, currency: unknown = 'JPY') => ({ amount: { amount, currency } });

const read = (detail: unknown) => {
  const result = readDetails([detail]);
  return result.ok ? 'accepted' : result.refusal.code;
};

describe('authorization_details: exactly one element', () => {
  test.each([
    ['nothing', [], 'detail_count'],
    ['T-07 two', [information, information], 'detail_count'],
    ['T-31 eleven', Array.from({ length: 11 }, () => information), 'detail_count'],
    ['no list', information, 'detail_count'],
    ['no object', ['x'], 'detail_malformed'],
    ['another type', [{ ...information, type: 'payment_initiation' }], 'detail_malformed'],
    ['T-32 a type of the prototype', [{ type: 'constructor' }], 'detail_malformed'],
  ])('%s', (_title, details, expected) => {
    const result = readDetails(details);
    expect(result.ok ? 'accepted' : result.refusal.code).toBe(expected);
  });
});

describe('account_information', () => {
  test.each<[string, object, string]>([
    ['RKN-D1a no word about a partner', { chain_partner: undefined }, 'chain_partner_missing'],
    ['RKN-C1a/a no id of a partner', { chain_partner: 'tsubame' }, 'chain_partner_unknown'],
    ['T-32 a path in place of a bank', { bank_code: '../x' }, 'unknown_bank'],
    ['no permission', { permissions: [] }, 'detail_malformed'],
    ['a permission twice', { permissions: ['accounts_read', 'accounts_read'] }, 'detail_malformed'],
    ['another permission', { permissions: ['transfer_initiation'] }, 'detail_malformed'],
    ['T-07 a purpose in free words', { purpose: 'あなたのため' }, 'detail_malformed'],
    ['0 days', { term_days: 0 }, 'detail_malformed'],
    ['367 days', { term_days: 367 }, 'detail_malformed'],
    ['half a day', { term_days: 1.5 }, 'detail_malformed'],
    ['T-07 a member nobody knows', { note: 'x' }, 'detail_malformed'],
    ['T-14 ids of ours', { consent_id: 'cns_1' }, 'detail_malformed'],
    ['one day', { term_days: 1 }, 'accepted'],
    ['366 days', { term_days: 366 }, 'accepted'],
    ['the holder picks the institution', { bank_code: undefined }, 'accepted'],
    ['RKN-C1a a partner', { chain_partner: 'cp_01j0000000000000000000tsbm' }, 'accepted'],
  ])('%s', (_title, over, expected) => {
    expect(read({ ...information, ...over })).toBe(expected);
  });
});

describe('transfer_initiation', () => {
  test.each<[string, object, string]>([
    ['RKN-D1b no word about a partner', { chain_partner: undefined }, 'chain_partner_missing'],
    ['no institution', { bank_code: undefined }, 'unknown_bank'],
    ['65 characters of id', { instruction_id: 'a'.repeat(65) }, 'detail_malformed'],
    ['a space in the id', { instruction_id: 'a b' }, 'detail_malformed'],
    ['half a debit account', { debit_account: { branch_code: '201' } }, 'account_type_not_allowed'],
    ['a debit account that is a text', { debit_account: '1' }, 'detail_malformed'],
    ['a branch of two digits', { creditor: { ...creditor, branch_code: '20' } }, 'unknown_branch'],
    ['a bank of five digits', { creditor: { ...creditor, bank_code: '29630' } }, 'unknown_bank'],
    [
      'an account of eight digits',
      { creditor: { ...creditor, account_number: '12345678' } },
      'account_number_invalid',
    ],
    ['no name', { creditor: { ...creditor, name_kana: '' } }, 'payee_name_invalid'],
    ['T-07 a second amount inside', { creditor: { ...creditor, amount: '1' } }, 'detail_malformed'],
    ['an amount of 0', yen('0'), 'amount_out_of_range'],
    ['a negative amount', yen('-1'), 'amount_out_of_range'],
    ['a fraction', yen('1.5'), 'amount_out_of_range'],
    ['an exponent', yen('1e3'), 'amount_out_of_range'],
    ['a number', yen(10_000), 'amount_out_of_range'],
    ['10^12 and one', yen('1000000000001'), 'amount_out_of_range'],
    ['dollars', yen('1', 'USD'), 'detail_malformed'],
    ['a day that does not exist', { requested_date: '2026-02-30' }, 'date_not_allowed'],
    ['an EDI text of 141', { edi_text: 'ア'.repeat(141) }, 'edi_text_invalid'],
    ['one yen', yen('1'), 'accepted'],
    ['10^12', yen('1000000000000'), 'accepted'],
    [
      'a debit account, a day and an EDI text',
      {
        debit_account: debit,
        requested_date: '2026-11-22',
        edi_text: 'ｾｲｷﾕｳ 1',
      },
      'accepted',
    ],
  ])('%s', (_title, over, expected) => {
    expect(read({ ...transfer, ...over })).toBe(expected);
  });

  test('a refusal names the member', () => {
    const result = readDetails([{ ...transfer, creditor: { ...creditor, branch_code: 'x' } }]);
    expect(result).toMatchObject({ refusal: { facts: { pointer: '/creditor/branch_code' } } });
  });
});
