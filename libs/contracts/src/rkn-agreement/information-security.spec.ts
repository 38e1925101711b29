import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { changedItems, gapsAgainst, incompleteItems } from '../decisions/complete-checklist.js';
import { demand } from '../demand.js';
import type { ChecklistAnswer } from '../facts/checklist-submission.js';
import type { Facts } from '../facts/index.js';
import { informationSecurity } from './index.js';

const HOUR = 3_600_000;
const noon = CivilDate.from('2026-11-20').at('12:00');
const item = (more: Partial<ChecklistAnswer> = {}): ChecklistAnswer => ({
  item: '2.1',
  family: 'protection',
  answer: 'met',
  evidence: ['doc_1'],
  ...more,
});

describe('RKN-S1 handling of user information', () => {
  const scope = { permissions: ['balances_read'], accounts: ['acc_1'] };
  const call = { permission: 'balances_read', account: 'acc_1', boundToCaller: true };
  const judge = (consentScope: object, callMade: object, now = noon) =>
    informationSecurity
      .clause('RKN-S1')
      .apply(
        { consentScope: { ...scope, ...consentScope }, callMade: { ...call, ...callMade }, now },
        { latency: 500 },
      );

  //  in this order: the first that applies is the answer
  test.each([
    ['RKN-S1/d a token without its key', {}, { boundToCaller: false }, 'binding_mismatch'],
    ['RKN-S1/c at the instant of revocation', { endedAt: noon }, {}, 'consent_revoked'],
    ['RKN-S1/c one millisecond before it', { endedAt: noon + 1 }, {}, 'allowed'],
    [
      'RKN-S1/a another permission',
      {},
      { permission: 'transactions_read' },
      'permission_not_granted',
    ],
    ['RKN-S1/b an account outside the consent', {}, { account: 'acc_2' }, 'not_found'],
    ['RKN-S1 within the consent', {}, {}, 'allowed'],
  ])('%s', (_, consent, made, expected) => {
    expect(judge(consent, made).code).toBe(expected);
  });

  test('RKN-S1/c the grant of a dead consent is destroyed within the latency set', () => {
    expect(judge({ endedAt: noon - 10 }, {}).grantDestroyedBy).toBe(noon + 490);
    expect(judge({}, {}).grantDestroyedBy).toBeUndefined();
  });
});

describe('RKN-S2 and RKN-S3: the checklist', () => {
  test('RKN-S2/a an item of protection without evidence keeps the submission incomplete', () => {
    expect(incompleteItems([item(), item({ item: '2.2', evidence: [' '] })])).toEqual(['2.2']);
    expect(incompleteItems([item({ family: 'organisation', evidence: [] })])).toEqual([]);
    expect(incompleteItems([item({ answer: 'unanswered' })])).toEqual(['2.1']);
    expect(incompleteItems([item({ answer: 'not_met', evidence: [] })])).toEqual([]);
    expect(demand(informationSecurity.clause('RKN-S2'), { submissionId: 'sub_1' })).toMatchObject({
      refusal: { facts: { missing: ['checklistAnswers'] } },
    });
  });

  test('RKN-S3a/a a change is a new submission, and the difference is told item by item', () => {
    const before = [item(), item({ item: '2.2' })];
    const after = [item({ answer: 'partly' }), item({ item: '2.2' }), item({ item: '2.3' })];
    expect(changedItems(before, after)).toEqual(['2.1', '2.3']);
    expect(changedItems(before, before)).toEqual([]);
    expect(demand(informationSecurity.clause('RKN-S3a'), { submissionId: 'sub_2' })).toMatchObject({
      refusal: { code: 'record_incomplete' },
    });
  });

  test('RKN-S3b/a a new item of the standard is one gap against the last submission', () => {
    expect(gapsAgainst(['2.1', '5.1'], [item()])).toEqual(['5.1']);
    expect(gapsAgainst(['2.1'], [item({ answer: 'partly' })])).toEqual(['2.1']);
    expect(gapsAgainst(['2.1'], [item({ answer: 'not_applicable' })])).toEqual([]);
  });
});

describe('RKN-S4 demand, second judgement, measure', () => {
  const demanded: Partial<Facts> = {
    standardItems: ['4.2'],
    grounds: 'grounds',
    evidence: ['doc_1'],
    enteredBy: 'staff_sato',
    secondApprover: 'staff_mori',
    reasonablePeriodDays: 30,
  };
  const ask = (more: Partial<Facts>) =>
    demand(informationSecurity.clause('RKN-S4a'), { ...demanded, ...more });

  test.each([
    ['RKN-S4a/a', { grounds: ' ' }, 'record_incomplete'],
    ['RKN-S4a/a', { standardItems: [] }, 'record_incomplete'],
    ['RKN-S4a/b', { secondApprover: 'staff_sato' }, 'second_person_required'],
    ['RKN-S4a/c', { reasonablePeriodDays: undefined }, 'record_incomplete'],
  ])('%s %j is refused as %s', (_, more, code) => {
    expect(ask(more)).toMatchObject({ refusal: { code, clause: 'RKN-S4a' } });
    expect(ask({}).ok).toBe(true);
  });

  const due = CivilDate.from('2026-12-21').startsAt() - 1;
  const judge = (assessment: 'sufficient' | 'insufficient', assessedAt: number, arrived = true) =>
    informationSecurity.clause('RKN-S4b').apply({
      demandArrivedAt: arrived ? noon : undefined,
      demandDueAt: due,
      assessment,
      assessedAt,
    });

  test('RKN-S4b/a insufficient is not judged at the last instant of the period, but after it', () => {
    expect(judge('insufficient', due)).toBe('period_not_over');
    expect(judge('insufficient', due + 1)).toBe('insufficient');
    expect(judge('insufficient', due + 1, false)).toBe('demand_not_arrived');
  });

  test('RKN-S4b/b sufficient closes the demand at any time', () => {
    expect([judge('sufficient', noon), judge('sufficient', due + 1)]).toEqual(['closed', 'closed']);
  });

  const stop = (more: object) =>
    informationSecurity.clause('RKN-S4c').apply(
      {
        assessment: 'insufficient',
        measureNoticeArrivedAt: noon,
        measureEffectiveAt: noon + 72 * HOUR,
        removedRights: [{ right: 'transfer_initiation', reach: 'all' }],
        ...more,
      },
      { leadHours: 72 },
    );

  test.each([
    ['RKN-S4c/a no notice', { measureNoticeArrivedAt: undefined }, 'notice_not_delivered'],
    [
      'RKN-S4c/b at the instant of the notice',
      { measureEffectiveAt: noon },
      'notice_not_delivered',
    ],
    [
      'RKN-S4c/b one millisecond short of the lead',
      { measureEffectiveAt: noon + 72 * HOUR - 1 },
      'notice_not_delivered',
    ],
    ['RKN-S4c judged sufficient', { assessment: 'sufficient' }, 'not_judged_insufficient'],
    ['RKN-S4c nothing to remove', { removedRights: [] }, 'scope_empty'],
    ['RKN-S4c all steps taken', {}, 'may_stop'],
  ])('%s', (_, more, expected) => {
    expect(stop(more)).toBe(expected);
  });
});
