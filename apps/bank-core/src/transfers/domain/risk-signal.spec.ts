import { expect, test } from '@jest/globals';
import { checkRiskSignals, SIGNALS_PER_TRANSFER_MAX, type RiskSignal } from './risk-signal.js';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;
const seenAt = (observedAt: number): RiskSignal => ({
  kind: 'new_device',
  grade: 'high',
  observedAt,
});

test.each([
  ['now', [seenAt(NOW)], 0, 'stored'],
  ['five minutes ahead: a clock that differs', [seenAt(NOW + 5 * MINUTE)], 0, 'stored'],
  ['a millisecond more', [seenAt(NOW), seenAt(NOW + 5 * MINUTE + 1)], 0, 'observed_in_future'],
  ['the last that fits', [seenAt(NOW)], SIGNALS_PER_TRANSFER_MAX - 1, 'stored'],
  ['one too many', [seenAt(NOW)], SIGNALS_PER_TRANSFER_MAX, 'too_many_risk_signals'],
])('risk signals: %s', (_title, signals, stored, expected) => {
  const verdict = checkRiskSignals(signals, stored, NOW);
  expect(verdict.ok ? 'stored' : verdict.refusal.code).toBe(expected);
});
