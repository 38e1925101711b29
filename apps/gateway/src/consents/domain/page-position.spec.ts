import { expect, test } from '@jest/globals';
import { CURSOR_HOURS, decidePosition } from './page-position.js';

const HOUR_MS = 3_600_000;
const position = { of: 'minato|2963|consents|frozen', after: 'cns_1', madeAt: 0 };

//    case              position                      now            expected
test.each([
  ['none of ours', undefined, 0, 'cursor_mismatch'],
  ["another client's", { ...position, of: 'aoba|2963|consents|frozen' }, 0, 'cursor_mismatch'],
  ['of another filter', { ...position, of: 'minato|2963|consents|' }, 0, 'cursor_mismatch'],
  ['a day old', position, CURSOR_HOURS * HOUR_MS, 'cursor_expired'],
  ['a millisecond younger', position, CURSOR_HOURS * HOUR_MS - 1, 'cns_1'],
] as const)('a cursor that is %s', (_, given, now, expected) => {
  const decision = decidePosition(given, position.of, now);
  expect(decision.ok ? decision.value : decision.refusal.code).toBe(expected);
});
