import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { effectiveLimit, withinDailyLimit } from '../decisions/effective-limit.js';
import { article05 } from './article-05-transfers.js';

const date = CivilDate.from;
const judge = (
  limit: bigint,
  requestDate: bigint,
  designatedDate: bigint,
  asked: bigint,
  fee = 0n,
) =>
  withinDailyLimit(
    {
      effectiveLimit: limit,
      limitUse: { requestDate, designatedDate },
      transferAmount: asked,
      feeYen: fee,
    },
    false,
  );
const said = (answer: ReturnType<typeof judge>) =>
  answer.ok ? 'accepted' : `${answer.refusal.code}: ${String(answer.refusal.facts?.['bases'])}`;

describe('SM-5.3 the daily limit', () => {
  test.each([
    //  clause and case                      limit  asked that day  for that date  now   expected
    ['SM-5.3-1a/a exactly at the limit', 100n, 0n, 0n, 100n, 'accepted'],
    [
      'SM-5.3-1a/b one yen more',
      100n,
      0n,
      0n,
      101n,
      'limit_exceeded: request_date,designated_date',
    ],
    [
      'SM-5.3-1a/c a limit of 0 yen allows none',
      0n,
      0n,
      0n,
      1n,
      'limit_exceeded: request_date,designated_date',
    ],
    ['SM-5.3-1b/a two dates, one request day', 100n, 60n, 0n, 60n, 'limit_exceeded: request_date'],
    [
      'SM-5.3-1b/b two request days, one date',
      100n,
      0n,
      60n,
      60n,
      'limit_exceeded: designated_date',
    ],
    ['SM-5.3-1b/c 60 on Monday and 40 on Tuesday', 100n, 0n, 60n, 40n, 'accepted'],
    [
      'SM-5.3-1b/d a same-day request uses both',
      100n,
      60n,
      60n,
      41n,
      'limit_exceeded: request_date,designated_date',
    ],
    ['SM-5.3-1b/e what was refused counts nowhere', 100n, 0n, 0n, 60n, 'accepted'],
    [
      'SM-5.3-1b/f 50 on the day for which 60 stand',
      100n,
      0n,
      60n,
      50n,
      'limit_exceeded: designated_date',
    ],
  ] as const)('%s', (_title, limit, onRequest, onDesignated, asked, expected) => {
    expect(said(judge(limit, onRequest, onDesignated, asked))).toBe(expected);
  });

  test('SM-5.3-1a the fee counts only if the parameter says so', () => {
    const request = {
      effectiveLimit: 100n,
      limitUse: { requestDate: 0n, designatedDate: 0n },
      transferAmount: 100n,
      feeYen: 1n,
    };
    expect(withinDailyLimit(request, false)).toMatchObject({ value: { charge: 100n } });
    expect(withinDailyLimit(request, true)).toMatchObject({ refusal: { clause: 'SM-5.3-1b' } });
  });

  test('SM-5.3-1b an amount or fee below zero is a bug, never room in the limit', () => {
    expect(() => judge(100n, 0n, 0n, -1n)).toThrow('not negative');
    expect(() => judge(100n, 0n, 0n, 1n, -1n)).toThrow('not negative');
    expect(said(judge(100n, 100n, 100n, 0n))).toBe('accepted');
  });

  const cap = { withOtp: 10_000_000n, withoutOtp: 500_000n };
  test('SM-5.3-2 a cap lowered below the notified limit judges new requests', () => {
    const holder = { holderLimit: 3_000_000n, otpActive: true };
    expect(effectiveLimit(holder, cap)).toBe(3_000_000n);
    expect(effectiveLimit(holder, { ...cap, withOtp: 1_000_000n })).toBe(1_000_000n);
    const received = date('2026-11-24').startsAt();
    const { capAsOf } = article05.clause('SM-5.3-2').apply({ receivedAt: received - 1 });
    expect(String(capAsOf)).toBe('2026-11-23');
  });

  test.each([
    ['SM-5.3-3/a the last millisecond', date('2026-11-22').startsAt() - 1, '2026-11-21'],
    ['SM-5.3-3/a midnight', date('2026-11-22').startsAt(), '2026-11-22'],
    ['SM-5.3-3/b opened 23:58, received 00:01', date('2026-11-22').at('00:01'), '2026-11-22'],
    ['SM-5.3-3/c 15:00 in UTC is midnight in Tokyo', Date.UTC(2026, 10, 21, 15), '2026-11-22'],
  ])('%s', (_title, receivedAt, day) => {
    expect(String(article05.clause('SM-5.3-3').apply({ receivedAt }))).toBe(day);
  });

  test('SM-5.3-4 a change of the limit is left to article 10', () => {
    expect(article05.clause('SM-5.3-4').refers).toEqual(['SM-10.3a', 'SM-10.3d']);
  });

  test.each([
    ['SM-5.3-5/a a reservation of 90 is run after the limit fell to 10', 'reserved', false],
    ['SM-5.3-5/c a raise changes nothing for what is pending', 'fixed', false],
    ['SM-5.3-5 what is not yet fixed is judged', 'draft', true],
  ] as const)('%s', (_title, requestState, judged) => {
    const { isJudgedAgainstLimit } = article05.clause('SM-5.3-5').apply({ requestState });
    expect(isJudgedAgainstLimit).toBe(judged);
  });

  test('SM-5.3-5/b what is pending still counts: 5 more for that date are refused', () => {
    expect(said(judge(10n, 0n, 90n, 5n))).toBe('limit_exceeded: designated_date');
  });

  test('SM-5.3-5/d the funds are judged at processing all the same', () => {
    expect(article05.clause('SM-5.3-5').refers).toContain('SM-3.4-1-2a');
  });

  const yen = fc.bigInt({ min: 0n, max: 10n ** 9n });
  test('SM-5.3-1b property: no order of requests ever brings a sum above the limit', () => {
    const request = fc.record({
      on: fc.integer({ min: 0, max: 3 }),
      ahead: fc.integer({ min: 0, max: 3 }),
      amount: fc.bigInt({ min: 1n, max: 80n }),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 20 }), (requests) => {
        const byRequest = new Map<number, bigint>();
        const byDate = new Map<number, bigint>();
        for (const { on, ahead, amount } of requests) {
          const used = [byRequest.get(on) ?? 0n, byDate.get(on + ahead) ?? 0n] as const;
          const answer = judge(100n, used[0], used[1], amount);
          if (!answer.ok) continue;
          byRequest.set(on, used[0] + answer.value.charge);
          byDate.set(on + ahead, used[1] + answer.value.charge);
        }
        for (const sum of [...byRequest.values(), ...byDate.values()]) {
          expect(sum).toBeLessThanOrEqual(100n);
        }
      }),
    );
  });

  test('SM-5.3-1a property: the limit never exceeds the notified amount nor the cap', () => {
    fc.assert(
      fc.property(yen, yen, yen, fc.boolean(), (holderLimit, withOtp, withoutOtp, otpActive) => {
        const limit = effectiveLimit({ holderLimit, otpActive }, { withOtp, withoutOtp });
        const applicable = otpActive ? withOtp : withoutOtp;
        expect(limit <= holderLimit && limit <= applicable).toBe(true);
        expect(limit === holderLimit || limit === applicable).toBe(true);
      }),
    );
  });

  test('SM-5.3-1b property: a smaller request is never refused where a larger one is accepted', () => {
    fc.assert(
      fc.property(yen, yen, yen, yen, yen, (limit, a, b, x, y) => {
        const [small, large] = x < y ? [x, y] : [y, x];
        if (judge(limit, a, b, large).ok) expect(judge(limit, a, b, small).ok).toBe(true);
      }),
    );
  });
});
