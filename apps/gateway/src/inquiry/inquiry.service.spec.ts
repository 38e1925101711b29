import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accepted, CivilDate, refused } from '#libs/kernel';
import type { Caller, TransactionsView, TransactionView } from '../bank/index.js';
import { InquiryService } from './inquiry.service.js';

const caller: Caller = {
  clientId: 'minato',
  epspId: 'epsp_01j0000000000000000000mnat',
  chainPartnerId: 'none',
  interactionId: '3f1c2f0a-7a51-4a4e-9d3f-0a6c2f3f0b77',
};

const PERIOD = { from: '2025-08-01', to: '2026-11-22' };

const entry = (sequence: number): TransactionView => ({
  transactionId: `t${sequence}`,
  bookingDate: '2026-11-20',
  valueDate: '2026-11-20',
  direction: 'credit',
  amountYen: '1',
  balanceAfterYen: String(sequence),
  description: '',
  kind: 'transfer',
  ediText: null,
});

/** A bank whose accounts only grow, as a ledger does; `grow` is called before each page is read. */
function bankWith(legs: Map<string, number>, grow: (account: string) => void) {
  const read = async (
    _caller: Caller,
    _bank: string,
    accountId: string,
    { after, limit }: { after?: string | undefined; limit: number },
  ) => {
    grow(accountId);
    const all = Array.from({ length: legs.get(accountId) ?? 0 }, (_, at) => at + 1);
    const rest = all.filter((sequence) => sequence > Number(after ?? 0));
    const page = rest.slice(0, limit);
    const view: TransactionsView = {
      accountId,
      ...PERIOD,
      data: page.map(entry),
      nextAfter: rest.length > limit ? String(page.at(-1)) : null,
      asOf: '2026-11-22T14:05:00.000+09:00',
    };
    return accepted(view);
  };
  return { transactions: read, incomingTransfers: () => Promise.reject(new Error('not asked')) };
}

test('B-3 whatever the sizes of the pages and whoever posts meanwhile, their union is the set', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 60 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }),
      fc.array(fc.nat({ max: 2 }), { maxLength: 20 }),
      async (size, limits, arrivals) => {
        const legs = new Map([['acc_1', size]]);
        const waiting = [...arrivals];
        const bank = bankWith(legs, (account) => {
          legs.set(account, (legs.get(account) ?? 0) + (waiting.shift() ?? 0));
        });
        const config = { secrets: { cursorKey: randomBytes(32) } };
        const service = new InquiryService(config, bank, { read: () => 0 });
        const filter = { list: 'transactions', bankCode: '2963', accountId: 'acc_1' } as const;
        const asked = { ...filter, from: undefined, to: undefined };
        const seen: string[] = [];
        let cursor: string | undefined;
        for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
          const at = service.pageOf(asked, cursor);
          if (!at.ok) throw new Error(at.refusal.code);
          const limit = limits[page % limits.length]!;
          const answer = await service.transactions(caller, { ...at.value, limit });
          if (!answer.ok) throw new Error(answer.refusal.code);
          seen.push(...answer.value.view.data.map(({ transactionId }) => transactionId));
          cursor = answer.value.next;
        }
        const all = Array.from({ length: legs.get('acc_1') ?? 0 }, (_, at) => `t${at + 1}`);
        expect(seen).toEqual(all);
      },
    ),
    { numRuns: 100 },
  );
});

interface Row {
  readonly sequence: number;
  readonly bookedOn: string;
}
const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;
const onDay = (day: number): string => CivilDate.inTokyo(day * DAY_MS).toString();

/** A bank that reads 30 days back from the day of each question, and refuses what begins before that. */
function bankOf(rows: readonly Row[], today: () => number) {
  const read = async (
    _caller: Caller,
    _bank: string,
    accountId: string,
    asked: { from?: string | undefined; to?: string | undefined; after?: string | undefined },
  ) => {
    const earliest = onDay(today() - KEPT_DAYS);
    const { from = earliest, to = onDay(today()), after = '0' } = asked;
    if (from < earliest) return refused('period_too_long', { clause: 'SM-4.1-1' });
    const rest = rows.filter(
      ({ sequence, bookedOn }) => bookedOn >= from && bookedOn <= to && sequence > Number(after),
    );
    const [first] = rest;
    const nextAfter = rest.length > 1 && first ? String(first.sequence) : null;
    const data = first ? [entry(first.sequence)] : [];
    return accepted({ accountId, from, to, data, nextAfter, asOf: '' });
  };
  return { transactions: read, incomingTransfers: read } as unknown as ConstructorParameters<
    typeof InquiryService
  >[1];
}

test.each(['transactions', 'incoming-transfers'] as const)(
  'SM-4.1-1/c B-3 pages of %s that cross midnight are of one period, or refused: never a gap',
  async (list) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 960, max: 1_001 }), { minLength: 1, maxLength: 12 }),
        fc.nat({ max: 12 }),
        fc.boolean(),
        async (days, crossing, isNamed) => {
          const rows = days.map((day, at) => ({ sequence: at + 1, bookedOn: onDay(day) }));
          let today = 1_000;
          const period = { from: onDay(today - KEPT_DAYS), to: onDay(today) };
          const config = { secrets: { cursorKey: randomBytes(32) } };
          const bank = bankOf(rows, () => today);
          const service = new InquiryService(config, bank, { read: () => 0 });
          const named = isNamed ? period : { from: undefined, to: undefined };
          const asked = { list, bankCode: '2963', accountId: 'acc_1', ...named };
          const seen: string[] = [];
          let cursor: string | undefined;
          let refusal: string | undefined;
          for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
            if (page === crossing) today += page === 0 ? 0 : 1;
            const at = service.pageOf(asked, cursor);
            if (!at.ok) throw new Error(at.refusal.code);
            const sized = { ...at.value, limit: 1 };
            const answer =
              list === 'transactions'
                ? await service.transactions(caller, sized)
                : await service.incomingTransfers(caller, sized);
            refusal = answer.ok ? undefined : answer.refusal.code;
            if (!answer.ok) break;
            const { view, next } = answer.value;
            expect({ from: view.from, to: view.to }).toEqual(period);
            seen.push(...view.data.map(({ transactionId }) => transactionId));
            cursor = next;
          }
          const all = rows
            .filter(({ bookedOn }) => bookedOn >= period.from && bookedOn <= period.to)
            .map(({ sequence }) => `t${sequence}`);
          expect(refusal ?? seen).toEqual(today > 1_000 ? 'period_too_long' : all);
        },
      ),
      { numRuns: 200 },
    );
  },
);
