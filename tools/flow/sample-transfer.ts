import type { DemoPerson } from '../start/seeds.js';

type Detail = Readonly<Record<string, unknown>>;

const AMOUNT_YEN = '1000';
const PAYEE_KANA = 'レンケイ ハナコ';

/**
 * A small transfer to an account at another institution: content that every bank accepts. The payer
 * chooses the account on the page unless the person has exactly one.
 */
export function sampleTransfer(
  instructionId: string,
  payer: DemoPerson,
  people: readonly DemoPerson[],
): Detail {
  const payee = people.find((each) => each.bankCode !== payer.bankCode && each.accounts[0]);
  const account = payee?.accounts[0];
  const debit = payer.accounts[0];
  return {
    type: 'transfer_initiation',
    bank_code: payer.bankCode,
    instruction_id: instructionId,
    ...(debit
      ? {
          debit_account: {
            branch_code: debit.branchCode,
            account_type: debit.accountType,
            account_number: debit.accountNumber,
          },
        }
      : {}),
    creditor: {
      bank_code: payee?.bankCode ?? payer.bankCode,
      branch_code: account?.branchCode ?? '',
      account_type: account?.accountType ?? '1',
      account_number: account?.accountNumber ?? '',
      name_kana: PAYEE_KANA,
    },
    amount: { amount: AMOUNT_YEN, currency: 'JPY' },
    chain_partner: 'none',
  };
}
