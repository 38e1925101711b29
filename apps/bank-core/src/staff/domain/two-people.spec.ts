import { describe, expect, test } from '@jest/globals';
import { accepted, refused } from '#libs/kernel';
import type { Proposal, StaffMember } from './staff-member.js';
import { oneIsEnough, refusedOutcome, twoPeople } from './two-people.js';

const member = (personId: string) => ({ personId }) as StaffMember;
const NONE = { code: 'not_own_linkage' };

describe('T-17 the two people of a step', () => {
  test('T-17 before the approval somebody else stands for the second', () => {
    const { enteredBy, approvedBy } = twoPeople(member('prs_1'), undefined);
    expect(enteredBy).toBe('prs_1');
    expect(approvedBy).not.toBe(enteredBy);
  });

  test('T-17 at the approval whoever proposed is the first', () => {
    const proposal = { proposedBy: { personId: 'prs_1', mailAddress: 'a@b' } } as Proposal;
    expect(twoPeople(member('prs_2'), proposal)).toEqual({
      enteredBy: 'prs_1',
      approvedBy: 'prs_2',
    });
  });
});

describe('RKN-S4c/d each institution for itself', () => {
  const asked: number[] = [];
  const ask = (answers: Readonly<Record<number, string>>) => (id: number) => {
    asked.push(id);
    const code = answers[id];
    return Promise.resolve(code === undefined ? accepted('yes') : refused(code));
  };

  test('RKN-S4c/d one that could is enough, and nobody after it is asked', async () => {
    asked.length = 0;
    expect(await oneIsEnough([1, 2, 3], ask({ 1: 'no' }), NONE)).toEqual(accepted(undefined));
    expect(asked).toEqual([1, 2]);
  });

  test('RKN-S4c/d where none could the first refusal says why; where nobody is asked, the given one', async () => {
    const answer = await oneIsEnough([1, 2], ask({ 1: 'first', 2: 'second' }), NONE);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'first' } });
    expect(await oneIsEnough([], ask({}), NONE)).toEqual({ ok: false, refusal: NONE });
  });

  test('RKN-S4c/d a refusal is an outcome, with its clause where it has one', () => {
    expect(refusedOutcome({ code: 'a', clause: 'RKN-S4c', facts: { x: 1 } })).toEqual({
      refused: 'a',
      clause: 'RKN-S4c',
    });
    expect(refusedOutcome({ code: 'a' })).toEqual({ refused: 'a' });
  });
});
