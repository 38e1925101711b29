import type { FundsView, QuoteRequest, QuoteView } from '../../src/bank/index.js';
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

/** What is asked by POST and changes nothing: quotes and funds confirmations. */
export function questionRoute({
  path,
  body,
}: SeenCall): { status: number; body: unknown } | Refused | undefined {
  const [, bankCode = '', question] = /^institutions\/(\d{4})\/([a-z-]+)$/.exec(path) ?? [];
  if (question === 'transfer-quotes')
    return { status: 200, body: quoteOf(body as QuoteRequest, bankCode) };
  if (question !== 'funds-confirmations') return undefined;
  const asked = body as Pick<FundsView, 'accountId' | 'amountYen'>;
  return { status: 200, body: { ...asked, isAvailable: true, asOf: NOW } satisfies FundsView };
}
