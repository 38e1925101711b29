import { describe, expect, test } from '@jest/globals';
import { basesGivenBack } from '../decisions/effective-limit.js';
import { mayRecall, recallFeeDue } from '../decisions/may-recall.js';
import { raiseApplicationAmount } from '../decisions/raise-application-amount.js';

const recall = {
  channel: 'branch',
  acceptingBranch: '001',
  debitBranch: '001',
  requestState: 'sent',
} as const;
const raise = {
  newLimit: 3_000_000n,
  formReference: 'F-1',
  sealCheckedBy: 'Ito',
  enteredBy: 'Sato',
  secondApprover: 'Ito',
};
const cap = { withOtp: 3_000_000n, withoutOtp: 500_000n };

describe('what the branch does', () => {
  test.each([
    [
      'SM-5.5-2/a the holder asks by himself',
      { ...recall, channel: 'terminal' },
      'recall_at_branch_only',
    ],
    ['SM-5.5-2/b another branch', { ...recall, acceptingBranch: '002' }, 'recall_at_other_branch'],
    ['SM-5.5-2 not yet fixed', { ...recall, requestState: 'draft' }, 'not_fixed'],
    ['SM-5.5-2 come back already', { ...recall, requestState: 'returned' }, 'already_final'],
    ['SM-5.5-2 sent on', recall, 'allowed'],
  ] as const)('%s', (_title, request, expected) => {
    const answer = mayRecall(request);
    expect(answer.ok ? answer.value : answer.refusal.code).toBe(expected);
  });

  test('SM-5.5-2/c the recall fee is due once; after a failure as the parameter says', () => {
    const due = (outcome: 'recalled' | 'failed', feeOnFailure: boolean) =>
      recallFeeDue(outcome, { fee: 880n, feeOnFailure });
    expect([due('recalled', false), due('failed', true), due('failed', false)]).toEqual([
      880n,
      880n,
      0n,
    ]);
  });

  test.each([
    ['SM-10.3d no seal check', { ...raise, sealCheckedBy: '' }, 'record_incomplete'],
    ['SM-10.3d one person', { ...raise, secondApprover: 'Sato' }, 'second_person_required'],
    ['SM-10.3d no raise at all', { ...raise, newLimit: 1_000_000n }, 'not_a_raise'],
    ['SM-10.3d/a above the cap', { ...raise, newLimit: 3_000_001n }, 'above_cap'],
    ['SM-10.3d up to the cap', raise, 'raised'],
  ])('%s', (_title, supplied, expected) => {
    const answer = raiseApplicationAmount(supplied, 1_000_000n, cap);
    expect(answer.ok ? 'raised' : answer.refusal.code).toBe(expected);
    if (answer.ok) expect(answer.value).toBe(3_000_000n);
  });

  test('SM-10.3d the higher of the two caps binds the branch', () => {
    const turned = { withOtp: 500_000n, withoutOtp: 3_000_000n };
    expect(raiseApplicationAmount(raise, 1n, turned).ok).toBe(true);
    expect(raiseApplicationAmount({ ...raise, newLimit: 3_000_001n }, 1n, turned).ok).toBe(false);
  });

  test('SM-5.3-1b, SM-5.4-2/d what a cancellation or a return gives back is the parameter', () => {
    expect((['none', 'request', 'designated', 'both'] as const).map(basesGivenBack)).toEqual([
      [],
      ['request_date'],
      ['designated_date'],
      ['request_date', 'designated_date'],
    ]);
  });
});
