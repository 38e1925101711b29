import type {
  FundsView,
  QuoteRequest,
  QuoteView,
  ReconciliationView,
  RiskSignalReceipt,
  RiskSignalsRequest,
} from '../../src/bank/index.js';
import type { Refused, SeenCall } from './fake-call.js';
import { NOW } from './fixtures.js';

const quoteOf = ({ creditor, amountYen }: QuoteRequest, bankCode: string): QuoteView => {
  const { nameKana, ...account } = creditor;
  return {
    bankCode,
    kind: 'furikomi',
    creditor: account,
    amountYen,
    feeYen: '440',
    designatedDate: '2026-11-22',
    expectedCreditAt: NOW,
    payeeName: nameKana === undefined ? 'not_checked' : 'match',
    asOf: NOW,
  };
};

const reconciliationOf = (bankCode: string, businessDate: string): ReconciliationView => ({
  bankCode,
  businessDate,
  count: 2,
  amountYen: '26000',
  feeYen: '440',
  hash: 'ab'.repeat(32),
  isFinal: true,
  asOf: NOW,
});

const receiptOf = (transferId: string, { signals }: RiskSignalsRequest): RiskSignalReceipt => ({
  transferId,
  received: signals.length,
  receivedAt: NOW,
});

/** What is asked by the software itself, or by POST without changing anything. */
export function questionRoute({
  path,
  body,
}: SeenCall): { status: number; body: unknown } | Refused | undefined {
  const [, ofBank = '', day] = /^institutions\/(\d{4})\/reconciliations\/(.*)$/.exec(path) ?? [];
  if (day) return { status: 200, body: reconciliationOf(ofBank, day) };
  const [, transferId] = /transfers\/(\w+)\/risk-signals$/.exec(path) ?? [];
  if (transferId) return { status: 202, body: receiptOf(transferId, body as RiskSignalsRequest) };
  const [, bankCode = '', question] = /^institutions\/(\d{4})\/([a-z-]+)$/.exec(path) ?? [];
  if (question === 'transfer-quotes')
    return { status: 200, body: quoteOf(body as QuoteRequest, bankCode) };
  if (question !== 'funds-confirmations') return undefined;
  const asked = body as Pick<FundsView, 'accountId' | 'amountYen'>;
  return { status: 200, body: { ...asked, isAvailable: true, asOf: NOW } satisfies FundsView };
}
