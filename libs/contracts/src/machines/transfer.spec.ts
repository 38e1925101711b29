import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { dutiesOf } from './step.js';
import {
  beginTransfer,
  stepTransfer,
  transferMachine,
  type TransferEvent,
  type TransferState,
} from './transfer.js';

const noon = CivilDate.from('2026-11-20').at('12:00');
const monday = CivilDate.from('2026-11-24').startsAt();
const MINUTE = 60_000;
const grounds = { text: '契約者から誤振込の申出', evidence: ['evt_1'] };

type Draft<T> = T extends TransferEvent ? Omit<T, 'id' | 'happenedAt'> : never;
type Told = readonly [at: number, event: Draft<TransferEvent>];

/** Tells events one after another; every one but the last must be accepted. */
function tell(state: TransferState, ...events: readonly Told[]) {
  let current = state;
  const effects: string[] = [];
  for (const [index, [at, draft]] of events.entries()) {
    const event = { id: `e${current.version}-${at}-${draft.type}`, happenedAt: at, ...draft };
    const result = stepTransfer(current, event, at);
    if (!result.ok) {
      expect(index).toBe(events.length - 1);
      return { refusal: result.refusal.code, clause: result.refusal.clause, state: current };
    }
    current = result.value.state;
    effects.push(...result.value.effects);
  }
  return { state: current, name: current.name, aftercare: current.facts.aftercare, effects };
}

const shown: Told = [noon, { type: 'content_shown', confirmBy: noon + 10 * MINUTE }];
const confirm = (at: number, more = {}): Told => [
  at,
  { type: 'confirmed', identityMatched: true, link: 'not_asked', ...more },
];
const dated = { debitFrom: monday, cancelBefore: monday };
const sameDay = () => beginTransfer({ timing: 'same_day', throughIntermediary: false }, noon);
const reservation = () =>
  beginTransfer({ timing: 'reservation', throughIntermediary: false }, noon);
const rolled = () => beginTransfer({ timing: 'rolled', throughIntermediary: false }, noon);
const fixedSameDay = [shown, confirm(noon + MINUTE)] as const;
const sent: Told = [noon + 2 * MINUTE, { type: 'sent' }];

describe('SM-R3.2 確定: what is fixed, and what is not', () => {
  test('SM-R3.2/a a same-day request is fixed and debited in one step', () => {
    const told = tell(sameDay(), ...fixedSameDay);
    expect(told).toMatchObject({ name: 'ACSP' });
    expect(told.state.facts).toMatchObject({
      fixedAt: noon + MINUTE,
      formedAt: noon + MINUTE,
    });
    expect(told.effects).toEqual(['charge_limits', 'debit_amount_and_fee', 'hand_to_clearing']);
  });

  test('SM-R3.2/b the last millisecond of the time allowed is in time, the next is late', () => {
    const limit = noon + 10 * MINUTE;
    expect(tell(sameDay(), shown, confirm(limit))).toMatchObject({ name: 'ACSP' });
    expect(tell(sameDay(), shown, confirm(limit + 1))).toMatchObject({
      refusal: 'event_late',
      clause: 'SM-R3.2',
    });
    const expired: Told = [limit + 1, { type: 'deadline_reached', deadline: 'confirmation' }];
    expect(tell(sameDay(), shown, expired)).toMatchObject({ name: 'EXPD' });
    const early: Told = [limit, { type: 'deadline_reached', deadline: 'confirmation' }];
    expect(tell(sameDay(), shown, early)).toMatchObject({ refusal: 'period_not_over' });
  });

  test('SM-R2.7/a nothing is fixed without a matched identity', () => {
    expect(tell(sameDay(), shown, confirm(noon + 1, { identityMatched: false }))).toMatchObject({
      refusal: 'identity_mismatch',
      clause: 'SM-R2.7',
    });
  });

  test.each(['closed', 'not_asked'] as const)(
    'RKN-S4c/e through an intermediary a link that is %s lets nothing be fixed',
    (link) => {
      const through = beginTransfer({ timing: 'same_day', throughIntermediary: true }, noon);
      expect(tell(through, shown, confirm(noon + 1, { link }))).toMatchObject({
        refusal: 'linkage_suspended',
      });
      expect(tell(through, shown, confirm(noon + 1, { link: 'open' }))).toMatchObject({
        name: 'ACSP',
      });
    },
  );

  test('SM-R3.2/c before 確定 the request may be abandoned, after it no longer', () => {
    const abandon: Told = [noon + 2, { type: 'abandoned' }];
    expect(tell(sameDay(), shown, abandon)).toMatchObject({ name: 'CANC' });
    expect(
      tell(sameDay(), ...fixedSameDay, [noon + 2 * MINUTE, { type: 'abandoned' }]),
    ).toMatchObject({ refusal: 'event_out_of_order' });
  });
});

describe('SM-5 from 確定 to the end', () => {
  test('SM-5.4-1/a a reservation is not debited before its date, and is on it', () => {
    const fixed = [shown, confirm(noon + 1, dated)] as const;
    expect(tell(reservation(), ...fixed, [monday - 1, { type: 'debited' }])).toMatchObject({
      refusal: 'not_before_designated_date',
    });
    expect(tell(reservation(), ...fixed, [monday, { type: 'debited' }])).toMatchObject({
      name: 'ACSP',
    });
  });

  test('SM-5.4-1/c the rerun of a batch debits nothing twice', () => {
    const once = tell(reservation(), shown, confirm(noon + 1, dated), [
      monday,
      { type: 'debited' },
    ]);
    expect(tell(once.state, [monday + 1, { type: 'debited' }])).toMatchObject({
      refusal: 'event_out_of_order',
    });
  });

  test('SM-5.5-1/a just before the cut-off a reservation can be cancelled', () => {
    const cancel: Told = [monday - 1, { type: 'cancelled' }];
    expect(tell(reservation(), shown, confirm(noon + 1, dated), cancel)).toMatchObject({
      name: 'CANC',
      effects: expect.not.arrayContaining(['debit_amount_and_fee']),
    });
  });

  test('SM-5.5-1/b at the cut-off it is too late', () => {
    const cancel: Told = [monday, { type: 'cancelled' }];
    expect(tell(reservation(), shown, confirm(noon + 1, dated), cancel)).toMatchObject({
      refusal: 'cancel_too_late',
    });
  });

  test('SM-5.5-1/c a same-day request and a rolled one cannot be cancelled (INT-29)', () => {
    const cancel: Told = [noon + 2 * MINUTE, { type: 'cancelled' }];
    expect(tell(sameDay(), ...fixedSameDay, cancel)).toMatchObject({ refusal: 'not_cancellable' });
    const rolledOver = confirm(noon + 1, { debitFrom: monday });
    expect(tell(rolled(), shown, rolledOver, cancel)).toMatchObject({
      refusal: 'not_cancellable',
    });
  });

  test('SM-5.5-1/e of a cancellation and the batch exactly one wins, whichever comes first', () => {
    const fixed = tell(
      reservation(),
      shown,
      confirm(noon + 1, { ...dated, cancelBefore: monday + 9 }),
    );
    const cancel: Told = [monday, { type: 'cancelled' }];
    const debit: Told = [monday, { type: 'debited' }];
    expect(tell(fixed.state, cancel, debit)).toMatchObject({ refusal: 'event_out_of_order' });
    expect(tell(fixed.state, debit, cancel)).toMatchObject({ refusal: 'not_cancellable' });
  });

  test('SM-12.2b/a removing the account cancels what is pending, and not what is debited', () => {
    const remove = (at: number): Told => [
      at,
      { type: 'withdrawn_by_institution', reason: 'account_removed' },
    ];
    const pending = tell(reservation(), shown, confirm(noon + 1, dated), remove(noon + 2));
    expect(pending).toMatchObject({ name: 'CANC' });
    expect(pending.state.facts.reason).toBe('account_removed');
    expect(tell(sameDay(), ...fixedSameDay, remove(noon + 2 * MINUTE))).toMatchObject({
      refusal: 'event_out_of_order',
    });
  });

  test('SM-3.4-2/a a request that is not processed ends with a reason and a notice on the screen', () => {
    const fixed = tell(reservation(), shown, confirm(noon + 1, dated)).state;
    const result = stepTransfer(
      fixed,
      { type: 'not_processed', id: 'x', happenedAt: monday, reason: 'insufficient_funds' },
      monday,
    );
    expect(result).toMatchObject({
      ok: true,
      value: { state: { name: 'RJCT' }, notices: [{ clause: 'SM-3.4-2', to: 'holder' }] },
    });
  });

  test('SM-5.4-2/b a return posted twice is credited once', () => {
    const back: Told = [noon + 3 * MINUTE, { type: 'returned', reason: 'no_such_account' }];
    const once = tell(sameDay(), ...fixedSameDay, sent, back);
    expect(once).toMatchObject({ name: 'ACSC', aftercare: 'returned' });
    expect(once.effects?.filter((effect) => effect === 'credit_amount_back')).toHaveLength(1);
    const again: Told = [noon + 4 * MINUTE, { type: 'returned', reason: 'no_such_account' }];
    expect(tell(once.state, again)).toMatchObject({ refusal: 'already_credited_back' });
  });
});

describe('SM-5.4-3 and SM-5.5 inquiry and recall', () => {
  const answerBy = noon + 60 * MINUTE;
  const inquiry: Told = [noon + 3 * MINUTE, { type: 'inquiry_opened', answerBy }];
  const open = () => tell(sameDay(), ...fixedSameDay, sent, inquiry).state;

  test('SM-5.4-3b/a an answer at the deadline instant is in time', () => {
    expect(dutiesOf(transferMachine, open())).toMatchObject([{ who: 'holder', by: answerBy }]);
    expect(tell(open(), [answerBy, { type: 'inquiry_answered' }])).toMatchObject({ name: 'ACSC' });
  });

  test('SM-5.4-3b/b after it the funds are asked back, and credited only on their return', () => {
    expect(tell(open(), [answerBy + 1000, { type: 'inquiry_answered' }])).toMatchObject({
      refusal: 'event_late',
    });
    const over: Told = [answerBy + 1000, { type: 'deadline_reached', deadline: 'inquiry_reply' }];
    const failed = tell(open(), over);
    expect(failed).toMatchObject({ name: 'PDNG', effects: ['ask_funds_back'] });
    const back: Told = [answerBy + 2000, { type: 'returned', reason: 'inquiry' }];
    const returned = tell(failed.state, back);
    expect(returned).toMatchObject({ name: 'ACSC', aftercare: 'returned' });
    expect(returned.state.facts.reason).toBe('inquiry_unanswered');
  });

  test('SM-5.4-3b/c an answer is not improper without grounds', () => {
    const bare = { text: ' ', evidence: [] };
    expect(
      tell(open(), [answerBy, { type: 'answer_judged_improper', grounds: bare }]),
    ).toMatchObject({ refusal: 'grounds_required' });
    expect(tell(open(), [answerBy, { type: 'answer_judged_improper', grounds }])).toMatchObject({
      effects: ['ask_funds_back'],
    });
  });

  test('SM-5.5-2/b a recall is accepted at the branch of the debit account only', () => {
    const settled = tell(sameDay(), ...fixedSameDay, sent).state;
    const at = noon + 5 * MINUTE;
    expect(
      tell(settled, [at, { type: 'recall_accepted', atDebitBranch: false, grounds }]),
    ).toMatchObject({ refusal: 'branch_required' });
    const accepted = tell(settled, [at, { type: 'recall_accepted', atDebitBranch: true, grounds }]);
    expect(accepted).toMatchObject({ aftercare: 'recall_requested' });
    expect(tell(accepted.state, [at + 1, { type: 'recall_failed' }])).toMatchObject({
      aftercare: 'recall_failed',
    });
  });

  test('X-06 an inquiry and a recall together never credit twice', () => {
    const recall: Told = [answerBy - 1, { type: 'recall_accepted', atDebitBranch: true, grounds }];
    const recalled: Told = [answerBy, { type: 'recalled' }];
    const both = tell(open(), recall, recalled);
    expect(both).toMatchObject({ name: 'ACSC', aftercare: 'recalled' });
    const over: Told = [answerBy + 1, { type: 'deadline_reached', deadline: 'inquiry_reply' }];
    expect(tell(both.state, over)).toMatchObject({ refusal: 'deadline_not_open' });
    expect(tell(both.state, [answerBy + 2, { type: 'returned', reason: 'x' }])).toMatchObject({
      refusal: 'already_credited_back',
    });
  });

  test('SM-3.4-1-4/a a request held for review goes back by itself when the hold runs out', () => {
    const fixed = tell(reservation(), shown, confirm(noon + 1, dated)).state;
    const until = noon + 30 * MINUTE;
    const held = tell(fixed, [noon + 2, { type: 'held_for_review', grounds, until }]);
    expect(held).toMatchObject({ name: 'PDNG' });
    expect(
      tell(held.state, [until + 1, { type: 'deadline_reached', deadline: 'review' }]),
    ).toMatchObject({ name: 'SCHD' });
    expect(tell(held.state, [until, { type: 'review_stopped', grounds }])).toMatchObject({
      name: 'RJCT',
    });
    expect(tell(held.state, [monday, { type: 'debited' }])).toMatchObject({
      refusal: 'event_out_of_order',
    });
  });
});
