import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { EVERYTHING, type RemovedRight } from '../../facts/linkage.js';
import { tellerOf, type Told } from '../explorer/tell.js';
import { authorityOfReview, beginReview, reviewMachine } from '../security-review.js';
import type { ReviewEvent } from './facts.js';

type Say = Told<ReviewEvent>;
const HOUR = 3_600_000;
const friday = CivilDate.from('2026-11-20').at('12:00');
const byBank = { institution: '2963', enteredBy: 'staff_sato', approvedBy: 'staff_mori' };
const grounds = { text: '4.2 の証拠がない', evidence: ['doc_1'] };
const writes: RemovedRight[] = [{ right: 'transfer_initiation', reach: 'all' }];
const tell = tellerOf(reviewMachine);
const none = () => beginReview('2963', 'epsp_1', friday);

const assess: readonly Say[] = [
  [friday, { type: 'checklist_submitted', submissionId: 'sub_1', incompleteItems: [] }],
  [friday, { type: 'assessment_opened' }],
];
const attestBy = CivilDate.from('2027-11-20').startsAt();
const comply = (at = friday): Say => [
  at,
  { type: 'found_compliant', ...byBank, standardVersion: 'v1', attestBy },
];
const fail: Say = [friday, { type: 'found_deficient', ...byBank, items: ['4.2'], grounds }];
const demand = (more = {}): Say => [
  friday,
  {
    type: 'improvement_demanded',
    ...byBank,
    demandId: 'dem_1',
    items: ['4.2'],
    grounds,
    periodDays: 30,
    ...more,
  },
];
const arrive = (demandId = 'dem_1', at = friday): Say => [at, { type: 'demand_arrived', demandId }];
/** The thirtieth day after the arrival, which is not counted, is the last one. */
const due = CivilDate.from('2026-12-21').startsAt() - 1;
const over = (deadline: string, at: number): Say => [at, { type: 'deadline_reached', deadline }];
const report: Say = [friday, { type: 'improvement_reported', demandId: 'dem_1' }];
const judge = (type: 'judged_sufficient' | 'judged_insufficient', at: number): Say => [
  at,
  { type, ...byBank, demandId: 'dem_1', grounds },
];
const notify = (more = {}): Say => [
  due + 2,
  {
    type: 'notice_sent',
    ...byBank,
    noticeId: 'ntc_1',
    kind: 'suspension',
    removed: EVERYTHING,
    leadHours: 72,
    ...more,
  },
];
const noticeArrived: Say = [due + HOUR, { type: 'notice_arrived', noticeId: 'ntc_1' }];
const effect = due + 73 * HOUR;
const commit: Say = [
  effect,
  { type: 'measure_committed', ...byBank, noticeId: 'ntc_1', measureId: 'mea_1' },
];
const resume: Say = [effect + 2, { type: 'resumed', ...byBank, reason: '改善を確認' }];

const compliant = () => tell(none(), ...assess, comply()).state;
const found = () => tell(none(), ...assess, fail).state;
const demanded = () => tell(found(), demand()).state;
const running = () => tell(demanded(), arrive()).state;
const judged = () => tell(running(), judge('judged_insufficient', due + 1)).state;
const noticed = (more = {}) => tell(judged(), notify(more), noticeArrived).state;
const measured = (more = {}) => tell(noticed(more), commit).state;

describe('RKN-S3: the checklist and its rhythm', () => {
  const publish = (gaps: readonly string[]): Say => [
    friday,
    { type: 'standard_published', version: 'v2', gaps, closeBy: attestBy },
  ];

  test('RKN-S3b a finding keeps the standard that it rests on, and starts without flags', () => {
    expect(none().facts).toMatchObject({ attestationDue: false, gapOverdue: false });
    expect(tell(none(), ...assess, comply())).toMatchObject({
      answer: 'COMPLIANT',
      facts: { standardVersion: 'v1', attestationDue: false, gapOverdue: false },
      started: [{ name: 'attestation', dueAt: attestBy }],
    });
  });

  test('RKN-S3b/a a new standard opens a gap only where an item is missing, and is kept either way', () => {
    const gap = tell(compliant(), publish(['5.1']));
    expect(gap).toMatchObject({
      facts: { standardVersion: 'v2' },
      started: [{ name: 'standard_gap', parameter: 'P.rkn.standardTransition' }],
    });
    expect(tell(compliant(), publish([]))).toMatchObject({
      facts: { standardVersion: 'v2' },
      started: [],
    });
  });

  test('RKN-S3a/b each lapse raises its own flag; the next finding takes both away', () => {
    const gap = tell(compliant(), publish(['5.1'])).state;
    const lapsed = tell(gap, over('attestation', attestBy + 1));
    expect(lapsed).toMatchObject({
      facts: { attestationDue: true, gapOverdue: false },
      notices: [{ kind: 'attestation_due', to: 'epsp', clause: 'RKN-S3a' }],
    });
    const overdue = tell(gap, over('standard_gap', attestBy + 1));
    expect(overdue).toMatchObject({ facts: { attestationDue: false, gapOverdue: true } });
    const both = tell(lapsed.state, over('standard_gap', attestBy + 2)).state;
    expect(both.facts).toMatchObject({ attestationDue: true, gapOverdue: true });
    const later = attestBy + 3;
    const again = tell(
      both,
      [later, { type: 'assessment_opened' }],
      [
        later,
        { type: 'found_compliant', ...byBank, standardVersion: 'v2', attestBy: later + HOUR },
      ],
    );
    expect(again.facts).toMatchObject({
      standardVersion: 'v2',
      attestationDue: false,
      gapOverdue: false,
    });
  });
});

describe('RKN-S4a and S4b: the demand, its period, the second judgement', () => {
  test.each([
    [{ periodDays: 0 }, 'parameter_unset'],
    [{ periodDays: 1.5 }, 'parameter_unset'],
    [{ periodDays: 1 }, 'IMPROVEMENT_REQUESTED'],
    [{ demandId: ' ' }, 'demand_known'],
    [{ items: [' '] }, 'item_required'],
    [{ items: [' ', '4.2'] }, 'IMPROVEMENT_REQUESTED'],
  ])('RKN-S4a/c a demand with %j answers %s', (more, answer) => {
    expect(tell(found(), demand(more))).toMatchObject({ answer });
  });

  test('RKN-S4a the period runs from the arrival of that demand, and is not begun anew', () => {
    expect(tell(demanded(), arrive('dem_2'))).toMatchObject({ answer: 'another_demand' });
    const once = tell(demanded(), arrive());
    expect(once).toMatchObject({
      started: [{ name: 'improvement', parameter: 'P.rkn.s4.reasonablePeriod', dueAt: due }],
      facts: { demand: { id: 'dem_1', arrivedAt: friday, dueAt: due } },
    });
    expect(tell(once.state, arrive('dem_1', friday + HOUR))).toMatchObject({
      answer: 'event_out_of_order',
    });
  });

  test.each([
    ['IMPROVEMENT_REQUESTED', () => running()],
    ['REPORTED', () => tell(running(), report).state],
  ])('RKN-S4b/a the end of the period tells the institution, and leaves %s as it is', (...row) => {
    const [name, review] = row;
    expect(tell(review(), over('improvement', due + 1))).toMatchObject({
      answer: name,
      notices: [{ kind: 'improvement_overdue', to: 'institution', clause: 'RKN-S4b' }],
      state: { deadlines: [] },
    });
  });

  test('RKN-S4b/a the instant of the second judgement is kept', () => {
    expect(judged().facts.insufficientAt).toBe(due + 1);
  });

  //  what closes the demand         the review
  test.each([
    ['accepted at once', () => tell(running(), judge('judged_sufficient', due)).state],
    ['accepted after the notice', () => tell(noticed(), judge('judged_sufficient', effect)).state],
    ['followed by a measure that was lifted', () => tell(measured(), resume).state],
  ])('X-20 of a demand that is %s only its id is left, and none other takes it', (_, review) => {
    const { facts } = review();
    expect([facts.demand, facts.insufficientAt, facts.notice, facts.measureId]).toEqual(
      Array(4).fill(undefined),
    );
    const later = effect + HOUR;
    const again = tell(review(), [later, fail[1]]).state;
    expect(tell(again, [later, demand()[1]])).toMatchObject({
      answer: 'demand_known',
      clause: 'RKN-S4a',
    });
    const second = tell(again, [later, demand({ demandId: 'dem_2' })[1]]);
    expect(second).toMatchObject({ answer: 'IMPROVEMENT_REQUESTED' });
    expect(second.facts.demandIds).toEqual(['dem_1', 'dem_2']);
  });
});

describe('RKN-S4c: notice, measure, and the way back', () => {
  test('RKN-S4c/b the lead runs from the arrival of that notice, and is not begun anew', () => {
    const sent = tell(judged(), notify()).state;
    const other: Say = [due + HOUR, { type: 'notice_arrived', noticeId: 'ntc_9' }];
    expect(tell(sent, other)).toMatchObject({ answer: 'not_as_announced' });
    const once = tell(sent, noticeArrived);
    expect(once).toMatchObject({
      started: [{ name: 'notice_lead', parameter: 'P.rkn.s4.noticeLead', dueAt: effect - 1 }],
      duties: [{ who: 'institution', clause: 'RKN-S4c', by: effect - 1 }],
      facts: { notice: { noticeId: 'ntc_1', deliveredAt: due + HOUR } },
    });
    expect(tell(once.state, [due + 2 * HOUR, noticeArrived[1]])).toMatchObject({
      answer: 'event_out_of_order',
    });
  });

  test('RKN-S4c the end of the lead tells the institution that a measure is possible', () => {
    expect(tell(noticed(), over('notice_lead', effect))).toMatchObject({
      answer: 'NOTICE_SENT',
      notices: [{ kind: 'measure_possible', to: 'institution', clause: 'RKN-S4c' }],
      state: { deadlines: [] },
    });
  });

  //  what was announced                            the measure
  test.each([
    [{ kind: 'restriction', removed: writes }, 'RESTRICTED'],
    [{}, 'SUSPENDED'],
  ])(
    'I10 the measure is of the kind announced, and so is what a rejected remedy goes back to',
    (...row) => {
      const [more, name] = row;
      const stopped = tell(noticed(more), commit);
      expect(stopped).toMatchObject({ answer: name, facts: { measureId: 'mea_1' } });
      const rejected = tell(
        stopped.state,
        [effect + 1, { type: 'remediation_reported' }],
        [effect + 2, { type: 'remediation_rejected', ...byBank, grounds }],
      );
      expect(rejected).toMatchObject({ answer: name, facts: { measureId: 'mea_1' } });
    },
  );

  //  how far the review has come                   what the link would be told
  test.each([
    ['nothing is demanded', none, 'demand that arrived'],
    ['the demand has not arrived', demanded, 'demand that arrived'],
    ['the period is running', running, 'demand that arrived'],
    ['no notice was sent', judged, 'notice'],
  ])('RKN-S4c/a no measure has authority while %s', (_, review, what) => {
    expect(() => authorityOfReview(review())).toThrow(`A measure stands on a ${what}`);
  });

  test('RKN-S4c/a the link is told when the notice arrived, or nothing of an arrival', () => {
    const authority = {
      originId: 'dem_1',
      originArrivedAt: friday,
      originDueAt: due,
      failureFoundAt: due + 1,
      noticeId: 'ntc_1',
      noticeLeadHours: 72,
    };
    expect(authorityOfReview(tell(judged(), notify()).state)).toStrictEqual(authority);
    expect(authorityOfReview(noticed())).toStrictEqual({
      ...authority,
      noticeArrivedAt: due + HOUR,
    });
  });
});
