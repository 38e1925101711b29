import { endOf, periodAfter, years, type Yen } from '#libs/kernel';
import { article, enforce, record } from '../clause.js';
import { isWhollyStopped, payableAmount } from '../conditions/payable-amount.js';
import { nextOpening } from '../conditions/within-service-hours.js';
import type { SameDayDebit } from '../facts/index.js';
import { smParameters as P } from './parameters.js';

type Order = 'acceptance' | 'smallest_first' | 'largest_first' | 'outside_first';

/** A total order for every policy: ties fall back to acceptance and then to the id, so a rerun agrees. */
export function inOrder(policy: Order, debits: readonly SameDayDebit[]): SameDayDebit[] {
  const byTotal = (a: SameDayDebit, b: SameDayDebit) =>
    Number(a.total > b.total) - Number(a.total < b.total);
  const first = {
    acceptance: () => 0,
    smallest_first: byTotal,
    largest_first: (a: SameDayDebit, b: SameDayDebit) => byTotal(b, a),
    outside_first: (a: SameDayDebit, b: SameDayDebit) =>
      Number(b.source === 'outside') - Number(a.source === 'outside'),
  }[policy];
  return [...debits].sort(
    (a, b) => first(a, b) || a.acceptedAt - b.acceptedAt || (a.id < b.id ? -1 : 1),
  );
}

/** SM-3, surviving part: what keeps a fixed request from being processed, and the machine record. */
export const article03 = article('SM-3', { ja: '依頼', en: 'Requests' }, [
  enforce('SM-3.4-1-1', {
    key: '…が解約されている場合',
    ja: '処理のときに支払指定口座が解約されていれば、依頼は処理しない。',
    en: 'A request is not processed if its debit account is closed at processing.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-R3.4-1'],
    readings: ['INT-21'],
    needs: ['debitClosed'],
    rule: ({ debitClosed }) => debitClosed,
  }),
  enforce('SM-3.4-1-2a', {
    key: '合計金額が…支払可能金額を超える場合',
    ja: '金額と振込手数料の合計が、貸越の枠も含めて引き落とせる額を超えるなら処理しない。',
    en: 'Not processed if amount and fee exceed what can be withdrawn, the overdraft included.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-5.1-1'],
    readings: ['INT-21'],
    parameters: { overdraft: P.overdraftUsable },
    cites: [P.reservationRetry],
    needs: ['transferKind', 'transferAmount', 'feeYen', 'funds', 'paymentStops'],
    rule: (
      { transferKind, transferAmount, feeYen, funds, paymentStops },
      _figures,
      { overdraft },
    ) => {
      const total: Yen = transferKind === 'furikae' ? transferAmount : transferAmount + feeYen;
      const payable = payableAmount(funds, paymentStops, overdraft.usable);
      return { total, payable, exceeds: total > payable };
    },
  }),
  enforce('SM-3.4-1-2b', {
    key: '同日に複数の引落し…当組合の任意',
    ja: '同じ日の引落しの総額が足りないときは、組合が定めた順序で引き落とすものを決める。',
    en: 'Where the debits of one day exceed the funds, the declared order decides which are made.',
    kind: 'power',
    bearer: 'institution',
    parameters: { order: P.sameDayOrder },
    needs: ['sameDayDebits', 'payable'],
    rule: ({ sameDayDebits, payable }, _figures, { order }) => {
      let left = payable;
      const made: string[] = [];
      const notMade: string[] = [];
      for (const { id, total } of inOrder(order, sameDayDebits)) {
        (total <= left ? made : notMade).push(id);
        if (total <= left) left -= total;
      }
      return { made, notMade, left };
    },
  }),
  enforce('SM-3.4-1-3', {
    key: '差押など…支払差止',
    ja: '差押や正当な支払差止が口座の全部に及ぶ間は、引き落とさない。',
    en: 'No debit while an attachment or another proper stop reaches the whole account.',
    kind: 'rule',
    bearer: 'institution',
    readings: ['INT-21'],
    needs: ['paymentStops'],
    rule: ({ paymentStops }) => isWhollyStopped(paymentStops),
  }),
  record('SM-3.4-1-4', {
    key: 'その他…停止する必要があると認めた場合',
    ja: '契約者の振込・振替の停止は、事由を記して人が決める。停止中は処理しない。',
    en: 'Stopping a holder from transfers is decided by a person, on recorded grounds.',
    kind: 'power',
    bearer: 'institution',
    readings: ['INT-13', 'INT-21'],
    asks: ['grounds', 'enteredBy', 'decidedAt'],
  }),
  enforce('SM-3.4-2', {
    key: '取引結果のご確認画面…通知',
    ja: '処理できなかったことは、照会サービスの結果画面に表示して知らせる。',
    en: 'That a request was not processed is told by display on the result screen.',
    kind: 'procedure',
    bearer: 'institution',
    counterparty: 'holder',
    refers: ['SM-4.1-1', 'SM-4.1-2', 'SM-3.4-1-1', 'SM-3.4-1-2a', 'SM-3.4-1-3', 'SM-3.4-1-4'],
    parameters: { inquiryHours: P.inquiryHours },
    needs: ['outcomeKnownAt'],
    rule: ({ outcomeKnownAt }, _figures, { inquiryHours }) => ({
      shownFrom: nextOpening(inquiryHours, outcomeKnownAt),
    }),
  }),
  enforce('SM-3.5', {
    key: '相当期間保存…機械記録の内容',
    ja: '依頼と取引はすべて記録して定めた期間保存し、争いがあれば機械の記録による。',
    en: 'All requests and transactions are recorded and kept; in dispute the record governs.',
    kind: 'obligation',
    bearer: 'institution',
    parameters: { retention: P.recordRetention },
    needs: ['recordedOn'],
    rule: ({ recordedOn }, _figures, { retention }) => {
      const { lastDay } = periodAfter(recordedOn, years(retention));
      return { keptThrough: lastDay, mayBePurgedFrom: endOf(lastDay) };
    },
  }),
]);
