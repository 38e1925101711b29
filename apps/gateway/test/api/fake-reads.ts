import type {
  AccountView,
  IncomingTransferView,
  LimitsView,
  TransactionView,
} from '../../src/bank/index.js';
import type { Refused, SeenCall } from './fake-call.js';
import { NOW } from './fixtures.js';

export const ACCOUNT = 'acc_01j00000000000000000000001';

const account: AccountView = {
  accountId: ACCOUNT,
  bankCode: '2963',
  branchCode: '201',
  branchName: '本店',
  accountType: '1',
  accountTypeName: { ja: '普通', en: 'Ordinary' },
  accountNumber: '1234567',
  nameKana: 'ロウキン タロウ',
  currency: 'JPY',
  isMain: true,
  closed: false,
};

const posting = (n: number): TransactionView => ({
  transactionId: `t${n}`,
  bookingDate: '2026-11-20',
  valueDate: '2026-11-20',
  direction: 'credit',
  amountYen: '1000',
  balanceAfterYen: String(1_000 * n),
  description: '給与',
  kind: 'transfer',
  ediText: null,
});

const incoming = (n: number): IncomingTransferView => ({
  transactionId: `i${n}`,
  bookingDate: '2026-11-20',
  valueDate: '2026-11-20',
  amountYen: '1000',
  payerName: 'ｶ)ﾐﾅﾄ',
  kind: 'transfer',
  ediText: `INV-${n}`,
});

const POSTINGS = 5;

/** The reads of endpoint 5, for one account of one holder with five postings. */
export function readRoute(call: SeenCall): { status: number; body: unknown } | Refused | undefined {
  const match = /^institutions\/(\d{4})\/accounts(?:\/(\w+)(?:\/(\w+))?)?$/.exec(call.path);
  if (!match) return undefined;
  const [, , accountId, part] = match;
  if (!accountId) return { status: 200, body: { data: [account], asOf: NOW } };
  if (accountId !== ACCOUNT) return { status: 404, code: 'not_found' };
  if (!part) return { status: 200, body: account };
  if (part === 'balances') return { status: 200, body: balances };
  if (part === 'limits') return { status: 200, body: limits };
  const after = Number(call.query.get('after') ?? 0);
  const last = Math.min(after + Number(call.query.get('limit')), POSTINGS);
  const one = part === 'incoming-transfers' ? incoming : posting;
  const data = Array.from({ length: last - after }, (_, i) => one(after + i + 1));
  const nextAfter = last < POSTINGS ? String(last) : null;
  const from = call.query.get('from') ?? '2025-08-01';
  const to = call.query.get('to') ?? '2026-11-22';
  return { status: 200, body: { accountId, from, to, data, nextAfter, asOf: NOW } };
}

const balances = {
  accountId: ACCOUNT,
  currency: 'JPY',
  currentYen: '1234567',
  withdrawableYen: '1234567',
  previousDayYen: '1200000',
  previousMonthEndYen: '1100000',
  asOf: NOW,
};

const limits: LimitsView = {
  accountId: ACCOUNT,
  currency: 'JPY',
  dailyLimitYen: '500000',
  scope: 'contract',
  includesFee: false,
  bases: [
    { basis: 'request_date', date: '2026-11-22', usedYen: '30000', leftYen: '470000' },
    { basis: 'designated_date', date: '2026-11-22', usedYen: '0', leftYen: '500000' },
  ],
  asOf: NOW,
};
