import { expect, test } from '@jest/globals';
import { outcomeError } from './outcome.js';

test.each([
  ['refused', 'user_cancelled', /^user_cancelled: /],
  ['expired', null, /^approval_expired: /],
  ['stopped', null, /^linkage_suspended: /],
  ['stopped', 'linkage_terminated', /^linkage_terminated: /],
  // T-29: what is the matter with the holder stays at the bank.
  ['refused', 'holder_locked', /^user_cancelled: /],
  ['stopped', 'loss_reported', /^linkage_suspended: /],
] as const)('%s with the reason %s becomes access_denied', (outcome, reason, description) => {
  expect(outcomeError(outcome, reason)).toEqual({
    error: 'access_denied',
    error_description: expect.stringMatching(description),
  });
});

test('an approval is no error', () => {
  expect(outcomeError('approved', null)).toBeUndefined();
});
