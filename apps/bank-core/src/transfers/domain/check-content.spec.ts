import { describe, expect, test } from '@jest/globals';
import { accepted, CivilDate, refused } from '#libs/kernel';
import { checkContent, contentHashOf, type ContentFacts } from './check-content.js';
import type { PrepareTransfer } from './transfer.js';

const today = CivilDate.from('2026-11-22');
const facts: ContentFacts = {
  today,
  creditorBankExists: true,
  creditorBranchExists: true,
  debitBranchExists: true,
  creditTypes: ['1', '2', '4'],
  payeeName: accepted('ﾐﾅﾄ ﾊﾅｺ'),
  ediText: undefined,
};
const push: PrepareTransfer = {
  institutionId: 4,
  clientId: 'client',
  epspId: 'epsp_1',
  chainPartnerId: 'none',
  interactionId: 'i',
  instructionId: 'a',
  debitAccount: { branchCode: '165', accountType: '1', accountNumber: '1000001' },
  creditor: {
    bankCode: '2963',
    branchCode: '165',
    accountType: '1',
    accountNumber: '1000002',
    nameKana: 'ミナト ハナコ',
  },
  amountYen: '1',
};
const creditor = (change: Partial<PrepareTransfer['creditor']>) => ({
  creditor: { ...push.creditor, ...change },
});

type Row = readonly [string, Partial<PrepareTransfer>, Partial<ContentFacts>];
/** Each refusal in the order in which it is judged. */
const ROWS: readonly Row[] = [
  ['unknown_bank', {}, { creditorBankExists: false }],
  ['unknown_branch', {}, { creditorBranchExists: false }],
  ['unknown_branch', {}, { debitBranchExists: false }],
  ['account_type_not_allowed', creditor({ accountType: '9' }), {}],
  ['account_number_invalid', creditor({ accountNumber: '123456' }), {}],
  ['payee_name_invalid', {}, { payeeName: refused('x', { facts: { hint: 'empty' } }) }],
  ['amount_out_of_range', { amountYen: '0' }, {}],
  ['date_not_allowed', { requestedDate: '2026-11-23' }, {}],
  ['edi_text_invalid', {}, { ediText: refused('x') }],
];
const codeOf = (command: Partial<PrepareTransfer>, change: Partial<ContentFacts>) => {
  const result = checkContent({ ...push, ...command }, { ...facts, ...change });
  return result.ok ? 'accepted' : result.refusal.code;
};

describe('SM-5.1-1 what a push may ask for', () => {
  test.each(ROWS)('%s', (code, command, change) => {
    expect(codeOf(command, change)).toBe(code);
  });

  test('the first refusal of the list wins over all below it', () => {
    let command: Partial<PrepareTransfer> = {};
    let change: Partial<ContentFacts> = {};
    for (const [code, ...[wrong, known]] of [...ROWS].reverse()) {
      command = {
        ...command,
        ...wrong,
        creditor: { ...push.creditor, ...command.creditor, ...wrong.creditor },
      };
      change = { ...change, ...known };
      expect(codeOf(command, change)).toBe(code);
    }
  });

  test.each([
    ['1', 'accepted'],
    ['1000000000000', 'accepted'],
    ['1000000000001', 'amount_out_of_range'],
    ['01', 'amount_out_of_range'],
    ['1 000', 'amount_out_of_range'],
    ['１０', 'amount_out_of_range'],
    ['', 'amount_out_of_range'],
  ])('an amount of %j: %s', (amountYen, expected) => {
    expect(codeOf({ amountYen }, {})).toBe(expected);
  });

  test('the refusal of a name says what is wrong with it', () => {
    const payeeName = refused('x', { facts: { hint: 'character', character: 'U+202E' } });
    expect(checkContent(push, { ...facts, payeeName })).toMatchObject({
      refusal: { code: 'payee_name_invalid', facts: { hint: 'character', character: 'U+202E' } },
    });
  });

  test('T-14 the fingerprint is of the content and of who asked, and of nothing else', () => {
    const hashOf = (change: Partial<PrepareTransfer>, name = 'ﾐﾅﾄ ﾊﾅｺ') => {
      const command = { ...push, ...change };
      const content = checkContent(command, { ...facts, payeeName: accepted(name) });
      return content.ok ? contentHashOf(content.value, command) : '';
    };
    const base = hashOf({});
    expect(hashOf({ instructionId: 'b', interactionId: 'j', clientId: 'other' })).toBe(base);
    expect(hashOf({ requestedDate: '2026-11-22' })).not.toBe(base);
    expect(hashOf({ chainPartnerId: 'cp_1' })).not.toBe(base);
    expect(hashOf({ amountYen: '2' })).not.toBe(base);
    expect(hashOf({ debitAccount: undefined })).not.toBe(base);
    expect(hashOf({}, 'ﾐﾅﾄ')).not.toBe(base);
  });
});
