import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { tellerOf, type Told } from '../explorer/tell.js';
import { dutiesOf } from '../step.js';
import { beginTransfer, transferMachine } from '../transfer.js';
import type { TransferEvent } from './facts.js';

type Say = Told<TransferEvent>;
const MINUTE = 60_000;
const noon = CivilDate.from('2026-11-20').at('12:00');
const monday = CivilDate.from('2026-11-24').startsAt();
const answerBy = noon + 60 * MINUTE;
const grounds = { text: '誤振込の申出', evidence: ['evt_1'] };
const tell = tellerOf(transferMachine);

const show: Say = [noon, { type: 'content_shown', confirmBy: answerBy }];
const confirm: Say = [
  noon,
  {
    type: 'confirmed',
    identityMatched: true,
    link: 'not_asked',
    debitFrom: monday,
    cancelBefore: monday,
  },
];
const request = (timing: 'same_day' | 'reservation') =>
  beginTransfer({ timing, throughIntermediary: false }, noon);
const formed = () => tell(request('same_day'), show, confirm).state;
const settled = () => tell(formed(), [noon + 1, { type: 'sent' }]).state;
const inquire: Say = [noon + 2, { type: 'inquiry_opened', answerBy }];
const inquired = () => tell(settled(), inquire).state;
/** Waiting too, but for the institution's review, and not formed. */
const held = () =>
  tell(request('reservation'), show, confirm, [
    noon + 1,
    { type: 'held_for_review', grounds, until: answerBy },
  ]).state;

const answer: Say = [noon + 3, { type: 'inquiry_answered' }];
const improper: Say = [noon + 3, { type: 'answer_judged_improper', grounds }];
const silence: Say = [answerBy + 1, { type: 'deadline_reached', deadline: 'inquiry_reply' }];
const back: Say = [answerBy + 2, { type: 'returned', reason: 'no_such_account' }];
const recall: Say = [answerBy + 2, { type: 'recall_accepted', atDebitBranch: true, grounds }];
const recalled: Say = [answerBy + 3, { type: 'recalled' }];
const recallFailed: Say = [answerBy + 3, { type: 'recall_failed' }];

describe('SM-5.4-1: sending', () => {
  test('SM-5.4-1 the instant of sending is kept, and the result is shown', () => {
    expect(tell(formed(), [noon + 7, { type: 'sent' }])).toMatchObject({
      answer: 'ACSC',
      facts: { sentAt: noon + 7 },
      notices: [{ kind: 'transfer_result', clause: 'SM-3.4-2' }],
    });
  });
});

describe('SM-5.4-3: the inquiry of the destination', () => {
  test('SM-5.4-3b/a an answer is forwarded, and no deadline is left', () => {
    expect(tell(inquired(), answer)).toMatchObject({
      answer: 'ACSC',
      effects: ['forward_answer'],
      state: { deadlines: [] },
    });
  });

  //  clause        what fails       the reason kept
  test.each([
    ['SM-5.4-3b/b', silence, 'inquiry_unanswered'],
    ['SM-5.4-3b/c', improper, 'inquiry_answer_improper'],
  ])(
    '%s %# the inquiry fails once: the funds are asked back, no answer counts any more',
    (...row) => {
      const [, failure, reason] = row;
      const failed = tell(inquired(), failure);
      expect(failed).toMatchObject({
        answer: 'PDNG',
        effects: ['ask_funds_back'],
        facts: { inquiryFailed: true, reason },
        state: { deadlines: [] },
      });
      const later = answerBy + 1;
      for (const [, event] of [answer, improper]) {
        expect(tell(failed.state, [later, event])).toMatchObject({ answer: 'event_out_of_order' });
      }
      expect(tell(failed.state, back)).toMatchObject({
        answer: 'ACSC',
        facts: { aftercare: 'returned', creditedBackAt: answerBy + 2, reason },
      });
    },
  );

  test.each([[answer], [improper], [back], [recall]])(
    'SM-5.4-3 nothing of the kind reaches a request that is held and not formed: %j',
    (event) => {
      expect(tell(held(), event)).toMatchObject({ answer: 'event_out_of_order' });
    },
  );
});

describe('SM-5.5: the recall', () => {
  test('SM-5.5-2/c the fee is charged once: a second recall is not accepted, nor one after a return', () => {
    const once = tell(settled(), recall);
    expect(once).toMatchObject({ effects: ['charge_recall_fee', 'ask_funds_back'] });
    expect(tell(once.state, recall)).toMatchObject({ answer: 'event_out_of_order' });
    expect(tell(settled(), back, recall)).toMatchObject({ answer: 'event_out_of_order' });
  });

  test.each([[recalled], [recallFailed]])(
    'SM-5.5-3 no recall has an outcome before it was accepted: %j',
    (event) => {
      expect(tell(settled(), event)).toMatchObject({ answer: 'event_out_of_order' });
    },
  );

  test('X-06 while a recall is open no inquiry is opened; after it failed one may be', () => {
    const later: Say = [answerBy + 4, { type: 'inquiry_opened', answerBy: answerBy + 9 }];
    expect(tell(settled(), recall, later)).toMatchObject({ answer: 'event_out_of_order' });
    expect(tell(settled(), recall, recallFailed, later)).toMatchObject({ answer: 'PDNG' });
    expect(tell(settled(), recall, recalled, later)).toMatchObject({
      answer: 'already_credited_back',
    });
  });
});

describe('who must do what while a transfer waits', () => {
  //  the transfer          who            by which clause  until
  test.each([
    ['SM-5.4-2 settled', settled, 'institution', 'SM-5.4-2', undefined],
    ['SM-3.4-2 come back', () => tell(settled(), back).state, 'institution', 'SM-3.4-2', undefined],
    ['SM-3.4-1-4 held for review', held, 'institution', 'SM-3.4-1-4', answerBy],
    ['SM-5.4-3a inquired about', inquired, 'holder', 'SM-5.4-3a', answerBy],
    [
      'SM-5.4-3b unanswered',
      () => tell(inquired(), silence).state,
      'institution',
      'SM-5.4-3b',
      undefined,
    ],
  ] as const)('%s: one duty', (_, transfer, who, clause, by) => {
    expect(dutiesOf(transferMachine, transfer())).toEqual([
      { who, clause, what: expect.anything(), ...(by === undefined ? {} : { by }) },
    ]);
  });
});
