import { describe, expect, test } from '@jest/globals';
import { Lease } from './lease.js';
import {
  DAY_SECONDS,
  JAPAN_OFFSET_SECONDS,
  rateHeaders,
  windowAt,
  windowEnd,
} from './rate-policy.js';

const minute = { name: 'intermediary', quota: 600, windowSeconds: 60 };
const day = {
  name: 'unattended',
  quota: 4,
  windowSeconds: DAY_SECONDS,
  offsetSeconds: JAPAN_OFFSET_SECONDS,
};

/** The shared store in memory: what all leases together have taken of one window. */
function storeOf(quota: number) {
  let used = 0;
  let asked = 0;
  return {
    get used() {
      return used;
    },
    get asked() {
      return asked;
    },
    serve(lease: Lease, seconds: number): void {
      asked += 1;
      const { window, units } = lease.wanted(seconds);
      const granted = Math.max(0, Math.min(units, quota - used));
      used += granted;
      lease.put(window, granted, quota - used);
    },
  };
}

/** One call on one process: asks the store when it has to. */
function call(lease: Lease, store: ReturnType<typeof storeOf>, seconds: number): boolean {
  for (;;) {
    const answer = lease.take(seconds);
    if (answer !== 'ask') return answer === 'taken';
    store.serve(lease, seconds);
  }
}

describe('a quota shared by several processes', () => {
  test('is never exceeded and, by one process, wholly used', () => {
    const [lease, store] = [new Lease(minute), storeOf(600)];
    const passed = Array.from({ length: 700 }, () => call(lease, store, 10)).filter(Boolean);
    expect(passed).toHaveLength(600);
    // Blocks shrink towards the end: a tenth of the calls asked, not each of them.
    expect(store.asked).toBeLessThan(80);
  });

  test('is never exceeded by three that use it at different speeds; what is left over is bounded', () => {
    const leases = [new Lease(minute), new Lease(minute), new Lease(minute)];
    const store = storeOf(600);
    let passed = 0;
    for (let nth = 0; nth < 2_000; nth += 1) {
      const lease = leases[nth % 7 === 0 ? 1 : nth % 11 === 0 ? 2 : 0] as Lease;
      if (call(lease, store, 10)) passed += 1;
    }
    expect(passed).toBeLessThanOrEqual(600);
    // The two slow ones each hold at most a block of what was left when they took it.
    expect(passed).toBeGreaterThanOrEqual(600 - 2 * Math.ceil(600 / 16));
  });

  test('outlives a process that falls again and again: what it had in hand was little', () => {
    const store = storeOf(600);
    for (let fall = 0; fall < 100; fall += 1) expect(call(new Lease(minute), store, 10)).toBe(true);
    expect(store.used).toBeLessThanOrEqual(300);
  });

  test('is known to be spent when the store has said so, and never before it was asked', () => {
    const [lease, store] = [new Lease(day), storeOf(4)];
    for (let nth = 0; nth < 4; nth += 1) {
      expect(lease.isSpent(0)).toBe(false);
      expect(call(lease, store, 0)).toBe(true);
    }
    expect(lease.isSpent(0)).toBe(true);
    expect(lease.isSpent(DAY_SECONDS)).toBe(false);
  });

  test('of four is used one by one, by whichever process comes', () => {
    const leases = [new Lease(day), new Lease(day)];
    const store = storeOf(4);
    const passed = Array.from({ length: 6 }, (_, nth) => call(leases[nth % 2] as Lease, store, 0));
    expect(passed).toEqual([true, true, true, true, false, false]);
  });
});

describe('windows', () => {
  test('a new one brings the whole quota, and an answer about the old one nothing', () => {
    const lease = new Lease(minute);
    const { window } = lease.wanted(59);
    expect(lease.take(60)).toBe('ask');
    lease.put(window, 38, 0);
    expect(lease.take(60)).toBe('ask');
    expect(lease.standing(60, true)).toMatchObject({ remaining: 600, resetSeconds: 60 });
  });

  test('the day ends at midnight in Japan (users.md D.6)', () => {
    const before = Date.parse('2026-11-22T23:59:59+09:00') / 1000;
    const after = Date.parse('2026-11-23T00:00:00+09:00') / 1000;
    expect(windowAt(day, after)).toBe(windowAt(day, before) + 1);
    expect(windowEnd(day, windowAt(day, before))).toBe(after);
    expect(windowEnd(day, windowAt(day, after)) - after).toBe(DAY_SECONDS);
  });
});

test('the headers list every policy, and tell how long to wait for those that are broken', () => {
  const client = { policy: minute, remaining: 412, resetSeconds: 18, isKept: true };
  const unattended = { policy: day, remaining: 0, resetSeconds: 35_000, isKept: false };
  expect(rateHeaders([client])).toEqual({
    'ratelimit-policy': '"intermediary";q=600;w=60',
    ratelimit: '"intermediary";r=412;t=18',
  });
  expect(rateHeaders([client, unattended])).toEqual({
    'ratelimit-policy': '"intermediary";q=600;w=60, "unattended";q=4;w=86400',
    ratelimit: '"intermediary";r=412;t=18, "unattended";r=0;t=35000',
    'retry-after': '35000',
  });
  expect(rateHeaders([])).toEqual({});
});
