import type { CatalogueView, TransferRequest, TransferView } from '../../src/bank/index.js';

export const NOW = '2026-11-22T14:05:00.000+09:00';

export const MINATO = 'epsp_01j0000000000000000000mnat';
export const AOBA = 'epsp_01j0000000000000000000abft';
export const TSUBAME = 'cp_01j0000000000000000000tsbm';
export const KODAMA = 'cp_01j0000000000000000000kdma';

const reads = { accounts_read: true, balances_read: true, transactions_read: true };

type Institution = CatalogueView['institutions'][number];
type Intermediary = CatalogueView['intermediaries'][number];

const institution = (bankCode: string, nameJa: string, offersTransfers: boolean): Institution => ({
  bankCode,
  kind: 'labour_bank',
  nameJa,
  nameKana: 'ロウキン',
  nameEn: `Bank ${bankCode}`,
  functions: { ...reads, transfer_initiation: offersTransfers },
});

const intermediary = (
  epspId: string,
  nameJa: string,
  coveredBankCodes: string[],
): Intermediary => ({
  epspId,
  nameJa,
  nameKana: 'ミナト',
  nameEn: 'Intermediary',
  registration: 'fictitious',
  status: 'active',
  coveredBankCodes,
});

/** Two institutions, one of which takes transfers; two intermediaries, one with chain partners. */
export const catalogue: CatalogueView = {
  institutions: [institution('2963', '中央労働金庫', true), institution('2972', '近畿', false)],
  intermediaries: [
    intermediary(MINATO, 'みなと家計', ['2963', '2972']),
    intermediary(AOBA, 'あおばフィンテック', ['2963']),
  ],
  chainPartners: [
    {
      chainPartnerId: TSUBAME,
      epspId: AOBA,
      nameJa: 'つばめ貯金',
      nameEn: 'Tsubame Savings',
      functions: ['accounts_read', 'balances_read'],
      contractFrom: '2026-04-01',
      contractTo: null,
      status: 'contracted',
    },
    {
      chainPartnerId: KODAMA,
      epspId: AOBA,
      nameJa: 'こだま会計',
      nameEn: 'Kodama Accounting',
      functions: ['accounts_read'],
      contractFrom: '2025-04-01',
      contractTo: '2026-03-31',
      status: 'contracted',
    },
  ],
};

let transfersMade = 0;

export function emptyTransfer(
  request: TransferRequest,
  bankCode: string,
  chainPartnerId: string,
): TransferView {
  transfersMade += 1;
  return {
    transferId: `trf_${String(transfersMade).padStart(26, '0')}`,
    instructionId: request.instructionId,
    bankCode,
    status: 'RCVD',
    statusReason: null,
    aftercare: null,
    debitAccount: request.debitAccount ?? null,
    ediText: request.ediText ?? null,
    kind: null,
    creditor: { ...request.creditor, accountType: '1' },
    amountYen: request.amountYen,
    feeYen: null,
    requestedDate: request.requestedDate ?? '2026-11-22',
    receivedAt: NOW,
    expiresAt: '2026-11-22T14:20:00.000+09:00',
    confirmedAt: null,
    formedAt: null,
    chainPartnerId,
    asOf: NOW,
  };
}

/** A pushed element that is good in every respect; `over` spoils it. */
export const accountInformation = (over: object = {}) => ({
  type: 'account_information',
  bank_code: '2963',
  permissions: ['accounts_read', 'balances_read', 'transactions_read'],
  purpose: 'household_accounting',
  term_days: 90,
  chain_partner: 'none',
  ...over,
});

export const transferInitiation = (instructionId: string, over: object = {}) => ({
  type: 'transfer_initiation',
  bank_code: '2963',
  instruction_id: instructionId,
  creditor: {
    bank_code: '2963',
    branch_code: '201',
    account_type: '1',
    account_number: '1234567',
    name_kana: 'ロウキン ハナコ',
  },
  amount: { amount: '10000', currency: 'JPY' },
  chain_partner: 'none',
  ...over,
});
