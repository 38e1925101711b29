import { describe, expect, test } from '@jest/globals';
import { CallTally } from './call-tally.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-23T10:20:00+09:00');
const THIS_HOUR = Date.parse('2026-11-23T10:00:00+09:00');
const call = (fault = 'nobody', more: object = {}) => ({
  institution: '2963',
  intermediary: 'epsp_1',
  fault,
  ...more,
});
const tallied = (...calls: readonly [object & { fault: string }, number?][]) => {
  const tally = new CallTally();
  for (const [one, at = NOW] of calls) tally.add(one, at);
  return tally;
};

describe('calls by whose they are', () => {
  test('RKN-S3b an intermediary’s and its partner’s faults count, a server’s and nobody’s do not', () => {
    const faults = ['nobody', 'gateway', 'bank_core', 'intermediary', 'partner'];
    const tally = tallied(...faults.map((fault) => [call(fault)] as [{ fault: string }]));
    expect(tally.told(NOW)).toEqual([
      { bankCode: '2963', epspId: 'epsp_1', hour: THIS_HOUR, calls: 5, faults: 2 },
    ]);
  });

  test('T-30 a call of nobody known or at no institution leaves nothing', () => {
    const tally = tallied(
      [call('intermediary', { intermediary: undefined })],
      [call('intermediary', { institution: undefined })],
    );
    expect(tally.told(NOW)).toEqual([]);
  });

  test('each institution, intermediary and hour for itself; told again with what came since', () => {
    const tally = tallied(
      [call()],
      [call('nobody', { institution: '2825' })],
      [call('nobody', { intermediary: 'epsp_2' })],
      [call(), NOW + HOUR],
    );
    expect(tally.told(NOW + HOUR)).toHaveLength(4);
    tally.add(call(), NOW + HOUR);
    const [, , , last] = tally.told(NOW + HOUR);
    expect(last).toMatchObject({ hour: THIS_HOUR + HOUR, calls: 2 });
  });

  test('an hour is told until the one after it is over, and forgotten then', () => {
    const tally = tallied([call(), THIS_HOUR]);
    expect(tally.told(THIS_HOUR + 2 * HOUR - 1)).toHaveLength(1);
    expect(tally.told(THIS_HOUR + 2 * HOUR)).toEqual([]);
  });
});
