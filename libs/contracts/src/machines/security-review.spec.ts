import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { mayRestrictLink } from '../decisions/may-restrict-link.js';
import { EVERYTHING } from '../facts/linkage.js';
import { ReadingBook } from '../readings.js';
import { beginLink, stepLink } from './link.js';
import {
  authorityOfReview,
  beginReview,
  reviewMachine,
  stepReview,
  type ReviewEvent,
  type ReviewState,
} from './security-review.js';
import { dutiesOf } from './step.js';

const HOUR = 3_600_000;
const friday = CivilDate.from('2026-11-20').at('12:00');
const byBank = { institution: '2963', enteredBy: 'staff_sato', approvedBy: 'staff_mori' };
const grounds = { text: '4.2 の証拠がない', evidence: ['doc_1'] };
type Draft<T> = T extends ReviewEvent ? Omit<T, 'id' | 'happenedAt'> : never;
type Told = readonly [at: number, event: Draft<ReviewEvent>];

/** Tells events one after another; only the last one may be refused. */
function tell(state: ReviewState, ...events: readonly Told[]) {
  let current = state;
  for (const [index, [at, draft]] of events.entries()) {
    const id = `e${current.version}-${draft.type}-${at}`;
    const result = stepReview(current, { id, happenedAt: at, ...draft }, at);
    if (!result.ok) {
      expect(index).toBe(events.length - 1);
      return { state: current, answer: result.refusal.code, clause: result.refusal.clause };
    }
    current = result.value.state;
  }
  return { state: current, answer: current.name as string };
}

const none = () => beginReview('2963', 'epsp_1', friday);
const submit: Told = [
  friday,
  { type: 'checklist_submitted', submissionId: 'sub_1', incompleteItems: [] },
];
const assess: Told = [friday, { type: 'assessment_opened' }];
const deficient: Told = [friday, { type: 'found_deficient', ...byBank, items: ['4.2'], grounds }];
const demand = (more = {}, demandId = 'dem_1'): Told => [
  friday,
  {
    type: 'improvement_demanded',
    ...byBank,
    demandId,
    items: ['4.2'],
    grounds,
    periodDays: 30,
    ...more,
  },
];
const arrived: Told = [friday, { type: 'demand_arrived', demandId: 'dem_1' }];
const due = CivilDate.from('2026-12-21').startsAt() - 1;
const insufficient = (at: number, demandId = 'dem_1'): Told => [
  at,
  { type: 'judged_insufficient', ...byBank, demandId, grounds },
];
const sufficient = (at: number): Told => [
  at,
  { type: 'judged_sufficient', ...byBank, demandId: 'dem_1' },
];
const notice: Told = [
  due + 2,
  {
    type: 'notice_sent',
    ...byBank,
    noticeId: 'ntc_1',
    kind: 'suspension',
    removed: EVERYTHING,
    leadHours: 72,
  },
];
const noticeArrived: Told = [due + HOUR, { type: 'notice_arrived', noticeId: 'ntc_1' }];
const commit = (at: number): Told => [
  at,
  { type: 'measure_committed', ...byBank, noticeId: 'ntc_1', measureId: 'mea_1' },
];
const effect = due + 73 * HOUR;
const demanded = () => tell(none(), submit, assess, deficient, demand(), arrived).state;
const noticed = () => tell(demanded(), insufficient(due + 1), notice, noticeArrived).state;

describe('RKN-S3: checklist and standard', () => {
  test('RKN-S2/a an incomplete submission is refused', () => {
    const bare: Told = [
      friday,
      { type: 'checklist_submitted', submissionId: 's', incompleteItems: ['2.1'] },
    ];
    expect(tell(none(), bare)).toMatchObject({ answer: 'submission_incomplete', clause: 'RKN-S2' });
  });

  const compliant = () =>
    tell(none(), submit, assess, [
      friday,
      { type: 'found_compliant', ...byBank, standardVersion: 'v1', attestBy: friday + HOUR },
    ]).state;

  test('RKN-S3a/a an accepted submission is not changed but followed by another', () => {
    expect(tell(compliant(), submit)).toMatchObject({ answer: 'submission_immutable' });
    const next: Told = [
      friday,
      { type: 'checklist_submitted', submissionId: 'sub_2', incompleteItems: [] },
    ];
    expect(tell(compliant(), next)).toMatchObject({ answer: 'FILED' });
  });

  test('RKN-S3b what was returned comes back as a new submission, and can be judged without one', () => {
    const returned = (more: object = {}): Told => [
      friday,
      {
        type: 'checklist_returned',
        institution: '2963',
        items: ['2.1'],
        reason: '証拠が読めない',
        ...more,
      },
    ];
    const filed = tell(none(), submit).state;
    expect(tell(filed, returned({ reason: ' ' }))).toMatchObject({ answer: 'reason_required' });
    expect(tell(filed, returned({ institution: '2825' }))).toMatchObject({
      answer: 'not_own_linkage',
    });
    const back = tell(filed, assess, returned()).state;
    expect(back).toMatchObject({ name: 'RETURNED', facts: { submissionId: 'sub_1' } });
    expect(tell(back, submit)).toMatchObject({ answer: 'submission_immutable' });
    expect(tell(back, deficient)).toMatchObject({ answer: 'event_out_of_order' });
    expect(tell(back, assess, deficient)).toMatchObject({ answer: 'DEFICIENT' });
    const anew: Told = [
      friday,
      { type: 'checklist_submitted', submissionId: 'sub_2', incompleteItems: [] },
    ];
    expect(tell(back, anew)).toMatchObject({ answer: 'FILED' });
    expect(tell(compliant(), returned())).toMatchObject({ answer: 'event_out_of_order' });
  });

  test('RKN-S3a/b a lapsed attestation is a flag and stops nothing', () => {
    const lapsed = tell(compliant(), [
      friday + HOUR + 1,
      { type: 'deadline_reached', deadline: 'attestation' },
    ]).state;
    expect(lapsed).toMatchObject({ name: 'COMPLIANT', facts: { attestationDue: true } });
    expect(tell(lapsed, [friday + 2 * HOUR, commit(0)[1]])).toMatchObject({
      answer: 'event_out_of_order',
    });
  });

  test('RKN-S3b/a a new standard opens a gap with a due date, and stops nothing', () => {
    const published = tell(compliant(), [
      friday,
      { type: 'standard_published', version: 'v2', gaps: ['5.1'], closeBy: friday + 90 * HOUR },
    ]).state;
    expect(published.deadlines).toContainEqual(
      expect.objectContaining({ name: 'standard_gap', dueAt: friday + 90 * HOUR }),
    );
    const over = tell(published, [
      friday + 90 * HOUR + 1,
      { type: 'deadline_reached', deadline: 'standard_gap' },
    ]).state;
    expect(over).toMatchObject({ name: 'COMPLIANT', facts: { gapOverdue: true } });
  });
});

describe('RKN-S4: from the demand to the measure', () => {
  const found = () => tell(none(), submit, assess, deficient).state;

  test.each([
    ['RKN-S4a/a', { grounds: { text: ' ', evidence: [] } }, 'grounds_required'],
    ['RKN-S4a/a', { items: [] }, 'item_required'],
    ['RKN-S4a/b', { approvedBy: 'staff_sato' }, 'four_eyes_required'],
    ['RKN-S4a/c', { periodDays: undefined }, 'parameter_unset'],
    ['RKN-S4c/d', { institution: '2950' }, 'not_own_linkage'],
  ])('%s a demand with %j is refused', (_, more, answer) => {
    expect(tell(found(), demand(more))).toMatchObject({ answer });
  });

  test('RKN-S4a the period ends with the day 30 days after the arrival, which is not counted', () => {
    expect(dutiesOf(reviewMachine, demanded())).toMatchObject([
      { who: 'epsp', by: due, clause: 'RKN-S4a' },
    ]);
  });

  test('RKN-S4b/a insufficient within the period is refused, even after a report', () => {
    const report: Told = [friday + 1, { type: 'improvement_reported', demandId: 'dem_1' }];
    expect(tell(demanded(), insufficient(due))).toMatchObject({ answer: 'period_not_over' });
    expect(tell(demanded(), report, insufficient(due))).toMatchObject({
      answer: 'period_not_over',
    });
    expect(tell(demanded(), report, insufficient(due + 1))).toMatchObject({
      answer: 'INSUFFICIENT',
    });
    expect(tell(demanded(), insufficient(due + 1))).toMatchObject({ answer: 'INSUFFICIENT' });
  });

  test('RKN-S4b/b after sufficient nothing can be stopped on that demand', () => {
    const closed = tell(demanded(), sufficient(friday + 1)).state;
    expect(closed).toMatchObject({ name: 'ACCEPTED' });
    expect(tell(closed, insufficient(due + 1))).toMatchObject({ answer: 'event_out_of_order' });
    const late = tell(noticed(), sufficient(due + 2 * HOUR)).state;
    expect(tell(late, commit(effect))).toMatchObject({ answer: 'event_out_of_order' });
  });

  test('RKN-S4c/a without the arrival of a notice nothing is stopped', () => {
    const unheard = tell(demanded(), insufficient(due + 1), notice).state;
    expect(tell(unheard, commit(effect + 999 * HOUR))).toMatchObject({
      answer: 'notice_not_delivered',
    });
  });

  test('RKN-S4c/b the lead is kept to the millisecond', () => {
    expect(tell(noticed(), commit(effect - 1))).toMatchObject({ answer: 'notice_not_delivered' });
    expect(tell(noticed(), commit(effect))).toMatchObject({ answer: 'SUSPENDED' });
  });

  test('RKN-S4c/g the measure is the one announced, by two people of the institution', () => {
    const other: Told = [
      effect,
      { type: 'measure_committed', ...byBank, noticeId: 'ntc_2', measureId: 'mea_1' },
    ];
    expect(tell(noticed(), other)).toMatchObject({ answer: 'not_as_announced' });
    const alone: Told = [
      effect,
      {
        type: 'measure_committed',
        ...byBank,
        approvedBy: 'staff_sato',
        noticeId: 'ntc_1',
        measureId: 'm',
      },
    ];
    expect(tell(noticed(), alone)).toMatchObject({ answer: 'four_eyes_required' });
  });

  test('RKN-S4c/f the way back leads through a remedy or straight to resumption', () => {
    const stopped = tell(noticed(), commit(effect)).state;
    const resume: Told = [effect + 2, { type: 'resumed', ...byBank, reason: '改善を確認' }];
    expect(tell(stopped, resume)).toMatchObject({ answer: 'RESUMED' });
    const remedied = tell(stopped, [effect + 1, { type: 'remediation_reported' }]);
    expect(tell(remedied.state, resume)).toMatchObject({ answer: 'RESUMED' });
    const rejected: Told = [effect + 2, { type: 'remediation_rejected', ...byBank, grounds }];
    expect(tell(remedied.state, rejected)).toMatchObject({ answer: 'SUSPENDED' });
  });

  test('RKN-S4c the link accepts exactly what the review has established', () => {
    const stopped = tell(noticed(), commit(effect)).state;
    const result = stepLink(
      beginLink('2963', 'epsp_1', friday),
      {
        type: 'measure_committed',
        id: 'm',
        happenedAt: effect,
        ...byBank,
        measureId: 'mea_1',
        kind: 'suspension',
        basis: 'RKN-S4c',
        removed: EVERYTHING,
        grounds,
        authority: authorityOfReview(stopped),
      },
      effect,
    );
    expect(result).toMatchObject({ ok: true, value: { state: { name: 'suspended' } } });
    expect(() => authorityOfReview(demanded())).toThrow('A measure stands on a demand');
  });
});

describe('RKN-S4: may the linkage be restricted now?', () => {
  const readings = new ReadingBook('2963');
  //     the review                       at          may, or the step that is missing
  test.each([
    ['RKN-S4a', () => none(), friday, 'demand_required'],
    ['RKN-S4a', () => tell(found(), demand()).state, friday, 'demand_not_arrived'],
    ['RKN-S4b/a', () => demanded(), due, 'period_not_over'],
    ['RKN-S4b', () => demanded(), due + 1, 'not_judged_insufficient'],
    [
      'RKN-S4c/a',
      () => tell(demanded(), insufficient(due + 1)).state,
      effect,
      'notice_not_delivered',
    ],
    ['RKN-S4c/b', () => noticed(), effect - 1, 'notice_not_delivered'],
    ['RKN-S4c', () => noticed(), effect, true],
  ] as const)('%s the first step that is missing is the answer', (_, review, now, expected) => {
    const { outcome, duties, readings: used } = mayRestrictLink(review(), now, readings);
    expect(outcome.may || outcome.code).toBe(expected);
    expect(duties).toHaveLength(outcome.may ? 0 : 1);
    expect(used.map(({ entry }) => entry)).toContain('INT-11');
  });
  function found() {
    return tell(none(), submit, assess, deficient).state;
  }

  test('RKN-S4c/b the duty that is left names the first instant at which the effect is possible', () => {
    expect(mayRestrictLink(noticed(), effect - 1, readings).duties).toMatchObject([
      { who: 'institution', due: effect, clause: 'RKN-S4c' },
    ]);
  });
});

describe('X-20 a demand that is closed supports nothing more', () => {
  test('X-20 the same item fails again: a new demand, period, judgement and notice', () => {
    const closed = tell(demanded(), sufficient(friday + 1)).state;
    const again = tell(closed, [friday + 2, deficient[1]]).state;
    expect(tell(again, insufficient(due + 1))).toMatchObject({ answer: 'event_out_of_order' });
    const second = tell(again, demand({}, 'dem_2')).state;
    expect(tell(second, insufficient(due + 1, 'dem_1'))).toMatchObject({
      answer: 'another_demand',
    });
    expect(tell(second, insufficient(due + 1, 'dem_2'))).toMatchObject({
      answer: 'demand_not_arrived',
    });
    expect(tell(second, arrived)).toMatchObject({ answer: 'another_demand' });
    expect(second.facts).toMatchObject({ insufficientAt: undefined, notice: undefined });
  });
});
