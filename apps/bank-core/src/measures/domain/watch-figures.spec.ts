import { describe, expect, test } from '@jest/globals';
import { watchFigures, type WatchedFigures } from './watch-figures.js';

const NOW = Date.parse('2026-11-23T10:00:00+09:00');
const thresholds = {
  callsMin: 100,
  errorsPerThousand: 200,
  transfersMin: 100,
  fraudsPerTenThousand: 10,
};
const quiet: WatchedFigures = {
  calls: { all: 1_000, faults: 0 },
  transfers: { all: 1_000, frauds: 0 },
  certificates: [],
};
const calls = (all: number, faults: number): WatchedFigures => ({
  ...quiet,
  calls: { all, faults },
});
const transfers = (all: number, frauds: number): WatchedFigures => ({
  ...quiet,
  transfers: { all, frauds },
});
const certificate = (goodUntil: number, clientId = 'one') => ({ clientId, goodUntil });
const rulesOf = (figures: WatchedFigures, limits: typeof thresholds | undefined = thresholds) =>
  watchFigures(figures, limits, NOW).map(({ rule, clause }) => `${rule} ${clause}`);

describe('what figures ask people to look at', () => {
  //    what is counted                          found
  test.each([
    ['nothing wrong', quiet, []],
    ['exactly the threshold of errors', calls(1_000, 200), []],
    ['one error more', calls(1_000, 201), ['error_rate_high RKN-S3b']],
    ['errors only, one call short of enough', calls(99, 99), []],
    ['errors only, just enough calls', calls(100, 100), ['error_rate_high RKN-S3b']],
    ['nobody told of calls', { ...quiet, calls: undefined }, []],
    ['exactly the threshold of frauds', transfers(1_000, 1), []],
    ['one fraud more', transfers(1_000, 2), ['fraud_rate_high RKN-S4a']],
    ['one transfer short of enough', transfers(99, 99), []],
    ['one millisecond left', { ...quiet, certificates: [certificate(NOW + 1)] }, []],
    ['over now', { ...quiet, certificates: [certificate(NOW)] }, ['certificate_expired RKN-S1']],
  ] as [string, WatchedFigures, string[]][])('RKN-S4a %s', (_, figures, expected) => {
    expect(rulesOf(figures)).toEqual(expected);
  });

  test('INT-12 without a threshold no rate is judged, a certificate is', () => {
    const all = { ...calls(1_000, 1_000), certificates: [certificate(NOW - 1)] };
    expect(watchFigures(all, undefined, NOW)).toMatchObject([{ rule: 'certificate_expired' }]);
  });

  test('RKN-S1 several certificates are one finding, since the first of them', () => {
    const certificates = [certificate(NOW - 1, 'late'), certificate(NOW - 9, 'early')];
    expect(watchFigures({ ...quiet, certificates }, thresholds, NOW)).toEqual([
      {
        rule: 'certificate_expired',
        clause: 'RKN-S1',
        proposes: 'found_deficient',
        since: NOW - 9,
        facts: { clients: 'late, early' },
      },
    ]);
  });
});
