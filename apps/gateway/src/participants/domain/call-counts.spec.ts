import { describe, expect, test } from '@jest/globals';
import { CallCounts, type EndedCall } from './call-counts.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-23T10:20:30+09:00');
const BOUNDS = [10, 100, 1_000];
const call = (over: Partial<EndedCall> = {}): EndedCall => ({
  institution: '2963',
  intermediary: 'epsp_1',
  status: 200,
  fault: 'nobody',
  ms: 7,
  ...over,
});
const counted = (...calls: readonly EndedCall[]) => {
  const counts = new CallCounts(BOUNDS);
  for (const one of calls) counts.add(one, NOW);
  return counts;
};
const hours = (counts: CallCounts) => counts.unstored(1_000).filter(({ span }) => span === 'hour');

describe('B-13 calls as an intermediary reads them', () => {
  test('each refusal by its code, each fault by itself, each call in its class of duration', () => {
    const refused = call({ status: 403, code: 'linkage_suspended', fault: 'intermediary', ms: 11 });
    const counts = counted(call(), call({ ms: 10 }), refused, call({ ms: 5_000 }));
    expect(hours(counts)).toMatchObject([
      { code: '', fault: 'nobody', calls: 3, totalMs: 5_017, buckets: [2, 0, 0, 1] },
      { code: 'linkage_suspended', fault: 'intermediary', calls: 1, buckets: [0, 1, 0, 0] },
    ]);
  });

  test.each([
    ['a refusal without a code', { status: 421 }, 'status_421'],
    ['a caller that did not wait', { status: 0 }, 'caller_gone'],
    ['a redirect', { status: 303 }, ''],
  ])('%s has a name of its own', (_title, over, code) => {
    expect(hours(counted(call(over)))).toMatchObject([{ code }]);
  });

  test('every call stands in its minute and in its hour, and at no institution where none is named', () => {
    const counts = counted(call({ institution: undefined }));
    expect(
      counts.unstored(10).map(({ span, beganAt, bankCode }) => [span, beganAt, bankCode]),
    ).toEqual([
      ['minute', Date.parse('2026-11-23T10:20:00+09:00'), ''],
      ['hour', Date.parse('2026-11-23T10:00:00+09:00'), ''],
    ]);
  });

  test('T-30 a call of nobody known leaves nothing', () => {
    expect(counted(call({ intermediary: undefined })).unstored(10)).toEqual([]);
  });
});

describe('what is stored', () => {
  test('is absolute, only once while nothing changes, and again with a higher number', () => {
    const counts = counted(call());
    const first = counts.unstored(10);
    counts.stored(first, NOW);
    expect(counts.unstored(10)).toEqual([]);
    counts.add(call(), NOW);
    expect(counts.unstored(10).map(({ calls }) => calls)).toEqual([2, 2]);
  });

  test('what was counted while it was on its way is stored with the next round', () => {
    const counts = counted(call());
    const first = counts.unstored(10);
    counts.add(call(), NOW);
    counts.stored(first, NOW);
    expect(counts.unstored(10).map(({ calls }) => calls)).toEqual([2, 2]);
  });

  test('a span that is over is forgotten once it is stored, and not before', () => {
    const counts = counted(call());
    counts.stored([], NOW + 2 * HOUR);
    expect(counts.unstored(10)).toHaveLength(2);
    counts.stored(counts.unstored(10), NOW + 2 * HOUR);
    counts.add(call(), NOW + 2 * HOUR);
    expect(counts.unstored(10)).toHaveLength(2);
  });

  test('T-31 memory is bounded: what finds no room is told as dropped', () => {
    const counts = new CallCounts(BOUNDS);
    for (let nth = 0; nth < 10_001; nth += 1)
      counts.add(call({ intermediary: `epsp_${nth}` }), NOW);
    expect([counts.unstored(100_000).length, counts.dropped]).toEqual([20_000, 2]);
  });
});
