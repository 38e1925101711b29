import { describe, expect, test } from '@jest/globals';
import { classifyTransfer } from '../decisions/classify-transfer.js';
import { demand } from '../demand.js';
import type { FixedRequest, RequestState } from '../facts/index.js';
import { article12 } from './article-12-change-of-branch.js';

const request = (
  id: string,
  debitAccount: string,
  creditAccount: string,
  state: RequestState = 'reserved',
) => ({ id, debitAccount, creditAccount, state }) satisfies FixedRequest;
const remove = (fixedRequests: FixedRequest[], removedAccount = 'A') =>
  article12.clause('SM-12.2b').apply({ fixedRequests, removedAccount });

describe('SM-12 change of branch', () => {
  const move = (
    contractActive: boolean,
    branchChangeCause: 'holder' | 'institution' = 'holder',
    isMainAccount = true,
  ) => article12.clause('SM-12.1').apply({ isMainAccount, branchChangeCause, contractActive });
  test('SM-12.1/a the main account does not move while the contract is active', () => {
    expect(move(true)).toBe('terminate_first');
    expect(move(true, 'institution')).toBe('not_concerned');
    expect(move(true, 'holder', false)).toBe('not_concerned');
  });
  test('SM-12.1/b after termination it is a new application', () => {
    expect(move(false)).toBe('apply_anew');
  });

  test('SM-12.2a/a registering anew needs form and seal check, and finds no reservations left', () => {
    expect(demand(article12.clause('SM-12.2a'), { removedAccount: 'A' })).toMatchObject({
      refusal: { facts: { missing: ['formReference', 'sealCheckedBy', 'enteredBy'] } },
    });
    const before = [request('1', 'A', 'X'), request('2', 'A', 'Y')];
    const { cancelled } = remove(before);
    const after = before.map((one) =>
      cancelled.includes(one.id) ? { ...one, state: 'cancelled' as const } : one,
    );
    expect(remove(after).cancelled).toEqual([]);
  });

  test('SM-12.2b/a three pending, three cancelled, with the reason', () => {
    const three = [request('1', 'A', 'X'), request('2', 'A', 'Y', 'fixed'), request('3', 'A', 'Z')];
    expect(remove(three)).toEqual({
      cancelled: ['1', '2', '3'],
      keptByDecision: [],
      reason: 'account_removed',
    });
  });
  test('SM-12.2b/b one from another account to it is kept', () => {
    expect(remove([request('1', 'B', 'A')]).cancelled).toEqual([]);
  });
  test('SM-12.2b/c one already debited is untouched', () => {
    expect(remove([request('1', 'A', 'X', 'debited')]).cancelled).toEqual([]);
  });
  test('SM-12.2b/d each pending request is either cancelled or kept by a recorded decision', () => {
    const kept = { ...request('1', 'A', 'X'), keptByDecision: 'dec_1' };
    const answer = remove([kept, request('2', 'A', 'Y')]);
    expect([answer.cancelled, answer.keptByDecision]).toEqual([['2'], ['1']]);
  });
  test('SM-12.2b/e the holder sees them in the results (SM-3.4-2)', () => {
    expect(article12.clause('SM-12.2b').refers).toEqual(['SM-3.4-2']);
  });

  const mergers = [{ institution: '2825', fromBranch: '002', toBranch: '001' }];
  const place = (branch: string, institution = '2825') =>
    article12.clause('SM-12.3').apply({ accountPlace: { institution, branch }, mergers });
  test('SM-12.3/a the merged branch is mapped, every other is left', () => {
    expect(place('002')).toEqual({ institution: '2825', branch: '001' });
    expect(place('003')).toEqual({ institution: '2825', branch: '003' });
    expect(place('002', '2950')).toEqual({ institution: '2950', branch: '002' });
  });
  test('SM-12.3/b classification follows the new branch', () => {
    expect(classifyTransfer(place('002'), place('001'))).toBe('furikae');
  });
});
