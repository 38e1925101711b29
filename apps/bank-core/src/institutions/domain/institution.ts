/** One of the institutions that share this house. `id` is the surrogate of every key; the code is dated. */
export interface Institution {
  readonly id: number;
  readonly bankCode: string;
  readonly kind: 'federation' | 'labour_bank' | 'credit_cooperative';
  readonly nameJa: string;
  readonly nameKana: string;
  readonly nameEn: string;
}

/** The functions of the catalogue (RKN-D4): what is not offered cannot be granted. */
export const BANK_FUNCTIONS = [
  'accounts_read',
  'balances_read',
  'transactions_read',
  'transfer_initiation',
] as const;

export type BankFunction = (typeof BANK_FUNCTIONS)[number];
