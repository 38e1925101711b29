import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { tellerOf, type Told } from '../explorer/tell.js';
import { beginTransfer, transferMachine, type TransferTiming } from '../transfer.js';
import type { TransferEvent } from './facts.js';

type Say = Told<TransferEvent>;
const MINUTE = 60_000;
const noon = CivilDate.from('2026-11-20').at('12:00');
const monday = CivilDate.from('2026-11-24').startsAt();
const until = noon + 60 * MINUTE;
const grounds = { text: '不審な取引', evidence: ['evt_1'] };
const tell = tellerOf(transferMachine);

const received = (timing: TransferTiming = 'reservation') =>
  beginTransfer({ timing, throughIntermediary: true }, noon);
const show: Say = [noon, { type: 'content_shown', confirmBy: noon + 10 * MINUTE }];
const confirm: Say = [
  noon,
  {
    type: 'confirmed',
    identityMatched: true,
    link: 'open',
    debitFrom: monday,
    cancelBefore: monday,
  },
];
const shown = (timing?: TransferTiming) => tell(received(timing), show).state;
const fixed = (timing?: TransferTiming) => tell(received(timing), show, confirm).state;
const hold: Say = [noon + 1, { type: 'held_for_review', grounds, until }];
const withdraw = (reason: 'account_removed' | 'contract_ended' | 'linkage_stopped'): Say => [
  noon + 2,
  { type: 'withdrawn_by_institution', reason },
];
/** Sent, and asked about by the destination: waiting too, but formed. */
const inquired = () =>
  tell(
    fixed('same_day'),
    [noon + 1, { type: 'sent' }],
    [noon + 2, { type: 'inquiry_opened', answerBy: until }],
  ).state;

describe('SM-3.4-2: a request that ends before it is formed says why', () => {
  const notProcessed: Say = [monday, { type: 'not_processed', reason: 'insufficient_funds' }];
  const cancelled: Say = [noon + 2, { type: 'cancelled' }];
  //  clause        the request        what ends it                    its end  why
  test.each([
    ['SM-R3.4-1', () => received(), notProcessed, 'RJCT', 'insufficient_funds'],
    ['SM-R3.4-1', () => fixed(), notProcessed, 'RJCT', 'insufficient_funds'],
    ['SM-5.5-1', () => fixed(), cancelled, 'CANC', 'cancelled_by_holder'],
    ['SM-12.2b', () => received(), withdraw('account_removed'), 'CANC', 'account_removed'],
    ['SM-12.2b', () => fixed(), withdraw('account_removed'), 'CANC', 'account_removed'],
    ['SM-11.3b', () => received(), withdraw('contract_ended'), 'CANC', 'contract_ended'],
    ['SM-11.3b', () => shown(), withdraw('contract_ended'), 'CANC', 'contract_ended'],
    ['SM-11.3b', () => fixed(), withdraw('contract_ended'), 'CANC', 'contract_ended'],
    ['SM-11.3b', () => fixed('rolled'), withdraw('contract_ended'), 'CANC', 'contract_ended'],
    ['RKN-S4c', () => fixed(), withdraw('linkage_stopped'), 'CANC', 'linkage_stopped'],
  ] as const)('%s %# the request ends by that clause and keeps the reason', (...row) => {
    const [clause, request, event, name, reason] = row;
    expect(tell(request(), event)).toMatchObject({
      answer: name,
      clauses: expect.arrayContaining([clause]),
      facts: { reason },
      notices: [{ kind: 'transfer_result', to: 'holder', clause: 'SM-3.4-2' }],
    });
  });

  //  what INT-21 leaves alone: only a reservation can be withdrawn with the link
  test.each([
    ['not yet shown', () => received()],
    ['not yet fixed', () => shown()],
    ['fixed, rolled to the next day', () => fixed('rolled')],
    ['held for review', () => tell(fixed(), hold).state],
  ])('INT-21 the stop of the link withdraws nothing that is %s', (_, request) => {
    expect(tell(request(), withdraw('linkage_stopped'))).toMatchObject({
      answer: 'event_out_of_order',
    });
  });

  test('SM-5.5-1 under INT-29 B a rolled request carries a cut-off and can be cancelled before it', () => {
    expect(tell(fixed('rolled'), [monday - 1, { type: 'cancelled' }])).toMatchObject({
      answer: 'CANC',
    });
    expect(tell(fixed('rolled'), [monday, { type: 'cancelled' }])).toMatchObject({
      answer: 'cancel_too_late',
    });
  });
});

describe('SM-3.4-1-4: a request held for review', () => {
  const stop: Say = [noon + 3, { type: 'review_stopped', grounds }];
  const release: Say = [noon + 3, { type: 'review_released' }];
  const over: Say = [until + 1, { type: 'deadline_reached', deadline: 'review' }];

  test.each([
    ['reservation', 'SCHD'],
    ['rolled', 'RSVD'],
  ] as const)('SM-3.4-1-4 a %s goes back to %s, released or not', (timing, home) => {
    const held = tell(fixed(timing), hold);
    expect(held).toMatchObject({ answer: 'PDNG', facts: { heldFrom: home } });
    for (const event of [release, over]) {
      const back = tell(held.state, event);
      expect(back).toMatchObject({ answer: home, state: { deadlines: [] } });
      expect(back.facts.heldFrom).toBeUndefined();
    }
  });

  //  what ends it                              its end  why                by
  test.each([
    [stop, 'RJCT', 'service_stopped', 'SM-3.4-1-4'],
    [withdraw('account_removed'), 'CANC', 'account_removed', 'SM-12.2b'],
    [withdraw('contract_ended'), 'CANC', 'contract_ended', 'SM-11.3b'],
  ] as const)('SM-3.4-2 %# it may end there: %j', (event, name, reason, clause) => {
    const ended = tell(fixed(), hold, event);
    expect(ended).toMatchObject({
      answer: name,
      facts: { reason },
      clauses: expect.arrayContaining([clause]),
    });
    expect(ended.facts.heldFrom).toBeUndefined();
  });

  test.each([[stop], [release], [withdraw('account_removed')], [withdraw('contract_ended')]])(
    'SM-12.2b/c nothing of the kind reaches a transfer that waits for an answer: %j',
    (event) => {
      expect(tell(inquired(), event)).toMatchObject({ answer: 'event_out_of_order' });
    },
  );
});
