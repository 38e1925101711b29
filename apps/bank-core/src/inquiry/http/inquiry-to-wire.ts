import { instantToWire, yenToWire } from '#libs/kernel';
import {
  ACCOUNT_TYPE_NAMES,
  type ServiceAccount,
  type StatementEntry,
} from '../../accounts/index.js';
import type {
  AccountLimits,
  Answer,
  Balances,
  FundsConfirmation,
  StatementPage,
} from '../inquiry.service.js';
import type { FundsView, LimitsView } from './limits.dto.js';
import type {
  AccountView,
  BalancesView,
  IncomingTransfersView,
  TransactionsView,
  TransactionView,
} from './inquiry.dto.js';

export const accountToWire = (account: ServiceAccount, bankCode: string): AccountView => ({
  accountId: account.accountId,
  bankCode,
  branchCode: account.branchCode,
  branchName: account.branchName,
  accountType: account.accountType,
  accountTypeName: ACCOUNT_TYPE_NAMES[account.accountType],
  accountNumber: account.accountNumber,
  nameKana: account.nameKana,
  currency: 'JPY',
  isMain: account.isMain,
  closed: account.closed,
});

export const balancesToWire = ({ data, asOf }: Answer<Balances>): BalancesView => ({
  accountId: data.accountId,
  currency: 'JPY',
  currentYen: yenToWire(data.balance.balanceYen),
  withdrawableYen: yenToWire(data.balance.withdrawableYen),
  previousDayYen: yenToWire(data.previousDayYen),
  previousMonthEndYen: yenToWire(data.previousMonthEndYen),
  asOf: instantToWire(asOf),
});

export const transactionsToWire = ({ data, asOf }: Answer<StatementPage>): TransactionsView => ({
  accountId: data.accountId,
  ...periodToWire(data.period),
  data: data.entries.map(entryToWire),
  nextAfter: data.nextAfter === null ? null : data.nextAfter.toString(),
  asOf: instantToWire(asOf),
});

export const incomingToWire = ({ data, asOf }: Answer<StatementPage>): IncomingTransfersView => ({
  accountId: data.accountId,
  ...periodToWire(data.period),
  data: data.entries.map((entry) => ({
    transactionId: entry.postingId.toString(),
    bookingDate: entry.bookedOn.toString(),
    valueDate: entry.valueOn.toString(),
    amountYen: yenToWire(entry.amountYen),
    payerName: entry.description,
    kind: entry.operation,
    ediText: entry.ediText ?? null,
  })),
  nextAfter: data.nextAfter === null ? null : data.nextAfter.toString(),
  asOf: instantToWire(asOf),
});

const periodToWire = ({ from, to }: StatementPage['period']) => ({
  from: from.toString(),
  to: to.toString(),
});

const entryToWire = (entry: StatementEntry): TransactionView => ({
  transactionId: entry.postingId.toString(),
  bookingDate: entry.bookedOn.toString(),
  valueDate: entry.valueOn.toString(),
  direction: entry.direction,
  amountYen: yenToWire(entry.amountYen),
  balanceAfterYen: yenToWire(entry.balanceAfterYen),
  description: entry.description,
  kind: entry.operation,
  ediText: entry.ediText ?? null,
});

export const limitsToWire = ({ data, asOf }: Answer<AccountLimits>): LimitsView => ({
  accountId: data.accountId,
  currency: 'JPY',
  dailyLimitYen: yenToWire(data.limit.limitYen),
  scope: data.limit.subject === data.accountId ? 'account' : 'contract',
  includesFee: data.limit.includesFee,
  bases: data.standing.map(({ basis, date, usedYen, leftYen }) => ({
    basis,
    date: date.toString(),
    usedYen: yenToWire(usedYen),
    leftYen: yenToWire(leftYen),
  })),
  asOf: instantToWire(asOf),
});

export const fundsToWire = ({ data, asOf }: Answer<FundsConfirmation>): FundsView => ({
  accountId: data.accountId,
  amountYen: yenToWire(data.amountYen),
  isAvailable: data.isAvailable,
  asOf: instantToWire(asOf),
});
