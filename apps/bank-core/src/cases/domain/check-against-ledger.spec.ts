import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import type { Debited } from '../../accounts/index.js';
import { checkAgainstLedger, checkReturns } from './check-against-ledger.js';

const at = (time: string) => Date.parse(`${time}+09:00`);
const inLedger: Debited = {
  key: 'trf-1',
  amountYen: 1000n,
  feeYen: 330n,
  bookedOn: CivilDate.from('2026-03-20'),
  postedAt: at('2026-03-21T00:00:03'),
  balanceAfterYen: 0n,
  returnedYen: 400n,
};
const claimed = (changes: object = {}) => ({
  id: 'trf-1',
  happenedAt: at('2026-03-20T23:59:59'),
  amount: 1000n,
  fee: 330n,
  interest: 5n,
  ...changes,
});

describe('a claim against the ledger', () => {
  test.each([
    //  clause                            what is claimed                                    answer
    ['SM-13.1b what never left', { id: 'trf-2' }, 'transfer_unknown transfers[0].id'],
    [
      'SM-14.2d a yen more than was debited',
      { amount: 1001n },
      'facts_contradict transfers[0].amount',
    ],
    ['SM-14.2d a yen more than the fee', { fee: 331n }, 'facts_contradict transfers[0].fee'],
    [
      'SM-14.2b the day before',
      { happenedAt: at('2026-03-19T23:59:59') },
      'facts_contradict transfers[0].happenedAt',
    ],
    [
      'SM-14.2b the day after',
      { happenedAt: at('2026-03-22T00:00:00') },
      'facts_contradict transfers[0].happenedAt',
    ],
    ['SM-14.2b on the day of the posting', { happenedAt: at('2026-03-21T23:59:59') }, 'accepted'],
    ['SM-14.2d less than was debited', { amount: 1n, fee: 0n }, 'accepted'],
    ['SM-14.2d exactly what was debited', {}, 'accepted'],
  ])('%s', (_title, changes, answer) => {
    const checked = checkAgainstLedger({ transfers: [claimed(changes)] }, [inLedger]);
    const said = checked.ok
      ? 'accepted'
      : `${checked.refusal.code} ${String(checked.refusal.facts?.['field'])}`;
    expect(said).toBe(answer);
  });

  test.each([
    //  what came back             refund   line covered  accepted
    ['SM-14.5a nothing set off', 0n, true, false],
    ['SM-14.5a a yen too little set off', 399n, true, false],
    ['SM-14.5a all of it set off', 400n, true, true],
    ['SM-14.5a of a transfer that is not covered', 0n, false, true],
  ])('%s', (_title, amountYen, covered, isAccepted) => {
    const setOffs = [{ id: 'r', kind: 'refund' as const, amountYen }];
    const lines = [{ transfer: 'trf-1', covered }];
    expect(checkReturns({ setOffs }, lines, [inLedger]).ok).toBe(isAccepted);
  });

  test('SM-14.5b damages do not stand in for what came back', () => {
    const setOffs = [{ id: 'd', kind: 'damages' as const, amountYen: 400n }];
    const lines = [{ transfer: 'trf-1', covered: true }];
    expect(checkReturns({ setOffs }, lines, [inLedger]).ok).toBe(false);
  });
});
