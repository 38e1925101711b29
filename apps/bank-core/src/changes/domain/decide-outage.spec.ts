import { expect, test } from '@jest/globals';
import { decidePlan } from './decide-outage.js';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-22T14:05:00+09:00');

test.each([
  // starts after      ends after start  expected
  [7 * DAY, 0, 'outage_ends_before_it_starts'],
  [7 * DAY, -1, 'outage_ends_before_it_starts'],
  [7 * DAY - 1, 1, 'outage_notice_too_short'],
  [-1, 1, 'outage_notice_too_short'],
  [7 * DAY, 1, 'accepted'],
])('a window that starts in %i ms and lasts %i ms: %s', (starts, lasts, expected) => {
  const decision = decidePlan(NOW + starts, NOW + starts + lasts, NOW);
  expect(decision.ok ? 'accepted' : decision.refusal.code).toBe(expected);
});
