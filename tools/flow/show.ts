import { yenForPeople } from '#libs/kernel';
import type { ApiAnswer } from './intermediary.js';

type Row = Readonly<Record<string, unknown>>;

/** The rows of a list answer. */
export const rowsOf = (body: ApiAnswer['body']): readonly Row[] =>
  (body['data'] ?? []) as readonly Row[];

const text = (row: Row, name: string): string => String(row[name] ?? '');

const yen = (row: Row, name: string): string => {
  const money = row[name] as { amount?: string } | null | undefined;
  return money?.amount === undefined ? '–' : yenForPeople(BigInt(money.amount));
};

/** `165-1-1234567 ミナト タロウ`, as people in banks write an account. */
export function showAccount(row: Row): string {
  const number = ['branchCode', 'accountType', 'accountNumber'].map((name) => text(row, name));
  const words = row['accountTypeName'] as { ja?: string } | undefined;
  return `${number.join('-')} ${words?.ja ?? ''} ${text(row, 'nameKana')}`;
}

export const showBalances = (body: ApiAnswer['body']): string =>
  `${yen(body, 'current')} (${yen(body, 'withdrawable')})  asOf ${text(body, 'asOf')}`;

export function showTransaction(row: Row): string {
  const sign = row['direction'] === 'debit' ? '−' : '+';
  const amount = `${sign}${yen(row, 'amount')}`.padStart(14);
  return `${text(row, 'bookingDate')} ${amount}  ${text(row, 'description')}`;
}

export function showTransfer(body: ApiAnswer['body']): string {
  const reason = body['statusReason'] ? ` (${text(body, 'statusReason')})` : '';
  const fee = body['fee'] ? ` + ${yen(body, 'fee')}` : '';
  return (
    `${text(body, 'instructionId')}: ${text(body, 'status')}${reason}  ` +
    `${yen(body, 'amount')}${fee}  asOf ${text(body, 'asOf')}`
  );
}
