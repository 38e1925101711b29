import { describe, expect, test } from '@jest/globals';
import { judge, type LedgerTruth } from './judge.js';

const truth = (more: Partial<LedgerTruth>): LedgerTruth => ({
  transfers: 1,
  transferId: 'trf_1',
  status: 'ACSC',
  statusReason: undefined,
  postings: 1,
  postedYen: 1000n,
  amountYen: 1000n,
  ...more,
});

const nothing = { postings: 0, postedYen: 0n };

describe('the judge of one instruction id', () => {
  test.each([
    // what the rows say                                   done   status read  verdict
    ['two rows', truth({ transfers: 2 }), true, 'ACSC', 'doubled'],
    ['two postings', truth({ postings: 2, postedYen: 2000n }), true, 'ACSC', 'doubled'],
    ['another sum', truth({ postedYen: 999n }), true, 'ACSC', 'unexplained'],
    ['told done, no posting', truth({ ...nothing, status: 'ACTC' }), true, 'ACTC', 'lost'],
    ['formed without a posting', truth(nothing), false, 'ACSC', 'unexplained'],
    ['posted, status refused', truth({ status: 'RJCT' }), false, 'RJCT', 'unexplained'],
    ['status differs', truth({}), true, 'ACTC', 'unexplained'],
    ['status not to be read', truth({}), true, undefined, 'unexplained'],
    [
      'never received',
      truth({ ...nothing, transfers: 0, status: undefined }),
      false,
      undefined,
      'not_formed',
    ],
    ['refused', truth({ ...nothing, status: 'RJCT' }), false, 'RJCT', 'not_formed'],
    ['sent', truth({}), true, 'ACSC', 'formed'],
    ['on its way, told by status alone', truth({ status: 'ACSP' }), false, 'ACSP', 'formed'],
  ] as const)('%s', (_, rows, done, status, verdict) => {
    expect(judge(rows, { done, status })).toBe(verdict);
  });
});
