import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { effectiveLimit, withinDailyLimit } from '../decisions/effective-limit.js';
import { mayCancelReservation } from '../decisions/may-cancel-reservation.js';
import { mayProcessRequest, type ProcessingFacts } from '../decisions/may-process-request.js';
import type { FixedRequest, SameDayDebit } from '../facts/index.js';
import { article03 } from '../sm-terms/article-03-requests.js';
import { article05 } from '../sm-terms/article-05-transfers.js';
import { article12 } from '../sm-terms/article-12-change-of-branch.js';

const cap = { withOtp: 10_000_000n, withoutOtp: 500_000n };
const overdraft = { usable: true, lendingLimit: 0n };
const plenty: ProcessingFacts = {
  transferKind: 'furikomi',
  transferAmount: 900_000n,
  feeYen: 440n,
  debitClosed: false,
  paymentStops: [],
  serviceStopped: false,
  funds: { balance: 5_000_000n, holds: 0n, overdraftLimit: 0n },
};
const judge = (effective: bigint, requestDate: bigint, designatedDate: bigint, amount: bigint) => {
  const answer = withinDailyLimit(
    {
      effectiveLimit: effective,
      limitUse: { requestDate, designatedDate },
      transferAmount: amount,
      feeYen: 0n,
    },
    false,
  );
  return answer.ok ? 'accepted' : String(answer.refusal.facts?.['bases']);
};

describe('scenarios of transfers', () => {
  test('X-01 a lowered limit leaves the reservation alone and binds the new request (5.3-1b, 5.3-5, 10.3a)', () => {
    const before = effectiveLimit({ holderLimit: 1_000_000n, otpActive: true }, cap);
    expect(judge(before, 0n, 0n, 900_000n)).toBe('accepted');
    const after = effectiveLimit({ holderLimit: 100_000n, otpActive: true }, cap);
    const { isJudgedAgainstLimit } = article05
      .clause('SM-5.3-5')
      .apply({ requestState: 'reserved' });
    expect(isJudgedAgainstLimit).toBe(false);
    expect(mayProcessRequest(plenty, overdraft)).toEqual({ ok: true, value: 900_440n });
    expect(judge(after, 0n, 900_000n, 50_000n)).toBe('designated_date');
    expect(judge(after, 0n, 0n, 50_000n)).toBe('accepted');
  });

  test('X-02 removing account A cancels what debits it and lets the rest run (12.2b, 5.5-1, 3.4-2)', () => {
    const requests: FixedRequest[] = [
      { id: 'R1', debitAccount: 'A', creditAccount: 'C', state: 'reserved' },
      { id: 'R2', debitAccount: 'B', creditAccount: 'A', state: 'reserved' },
    ];
    const answer = article12
      .clause('SM-12.2b')
      .apply({ fixedRequests: requests, removedAccount: 'A' });
    expect(answer).toEqual({ cancelled: ['R1'], keptByDecision: [], reason: 'account_removed' });
    const day = CivilDate.from('2026-11-24');
    const cancelAgain = (requestState: 'cancelled' | 'reserved') =>
      mayCancelReservation(
        { isReservation: true, requestState, designatedDate: day, now: day.startsAt() - 1 },
        { daysBefore: 0, time: '00:00' },
      ).ok;
    expect([cancelAgain('cancelled'), cancelAgain('reserved')]).toEqual([false, true]);
    expect(article12.clause('SM-12.2b').refers).toContain('SM-3.4-2');
  });

  test('X-13 a cancellation between two debits frees its funds for the later ones (3.4-1-2b, 5.5-1)', () => {
    const debit = (id: string, total: bigint, acceptedAt: number): SameDayDebit => ({
      id,
      total,
      acceptedAt,
      source: 'transfer',
    });
    const [first, second, third] = [debit('1', 40n, 1), debit('2', 60n, 2), debit('3', 50n, 3)];
    const choose = (sameDayDebits: SameDayDebit[], payable: bigint) =>
      article03.clause('SM-3.4-1-2b').apply({ sameDayDebits, payable }, { order: 'acceptance' });
    expect(choose([first, second, third], 100n).made).toEqual(['1', '2']);
    const afterFirst = choose([first], 100n);
    expect(choose([third], afterFirst.left).made).toEqual(['3']);
  });

  test('X-14 deactivating the code caps new requests; what is pending runs (7.4a, 10.3a, 5.3-5)', () => {
    const holderLimit = 3_000_000n;
    const before = effectiveLimit({ holderLimit, otpActive: true }, cap);
    const after = effectiveLimit({ holderLimit, otpActive: false }, cap);
    expect([before, after]).toEqual([3_000_000n, 500_000n]);
    expect(judge(after, 0n, 0n, 500_001n)).toBe('request_date,designated_date');
    expect(judge(after, 0n, 0n, 500_000n)).toBe('accepted');
    expect(mayProcessRequest(plenty, overdraft).ok).toBe(true);
  });

  test('SM-7.4a/b a limit tied to the code falls back at once (X-14)', () => {
    const limits = [true, false].map((otpActive) =>
      effectiveLimit({ holderLimit: 3_000_000n, otpActive }, cap),
    );
    expect(limits).toEqual([3_000_000n, 500_000n]);
  });

  test('X-19 a reservation fixed with the code runs after the token has ended (5.2, 7.4a, 7.5)', () => {
    const day = CivilDate.from('2026-11-24');
    const { needs } = article05.clause('SM-5.4-1');
    expect(needs).toEqual([
      'requestState',
      'designatedDate',
      'now',
      'runWasMissed',
      'interbankCloseAt',
    ]);
    const answer = article05.clause('SM-5.4-1').apply(
      {
        requestState: 'reserved',
        designatedDate: day,
        now: day.at('07:00'),
        runWasMissed: false,
        interbankCloseAt: day.at('15:30'),
      },
      { runTime: '07:00', missed: { first: 'not_processed', otherwise: 'not_processed' } },
    );
    expect(answer).toBe('process');
    expect(mayProcessRequest(plenty, overdraft).ok).toBe(true);
  });
});
