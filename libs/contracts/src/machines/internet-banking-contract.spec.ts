import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import {
  beginContract,
  stepContract,
  type ContractEvent,
  type ContractState,
} from './internet-banking-contract.js';
import { FORCED_GROUNDS } from './internet-banking-contract/facts.js';

const DAY = 86_400_000;
type Draft<T> = T extends ContractEvent ? Omit<T, 'id' | 'happenedAt'> : never;
type Told = readonly [at: number, event: Draft<ContractEvent>];

/** Tells events one after another; only the last one may be refused. */
function tell(state: ContractState, ...events: readonly Told[]) {
  let current = state;
  let effects: readonly string[] = [];
  for (const [index, [at, draft]] of events.entries()) {
    const id = `e${current.version}-${draft.type}-${at}`;
    const result = stepContract(current, { id, happenedAt: at, ...draft }, at);
    if (!result.ok) {
      expect(index).toBe(events.length - 1);
      const { code, clause } = result.refusal;
      return { state: current, answer: code as string, clause, effects: [] as readonly string[] };
    }
    current = result.value.state;
    effects = result.value.effects;
  }
  return { state: current, answer: current.name as string, effects };
}

const on = (day: string) => CivilDate.from(day).at('12:00');
const april = on('2026-04-01');
const contracted = (day = '2026-04-01') =>
  tell(beginContract(on(day)), [on(day), { type: 'contracted', firstUseBy: on(day) + 60 * DAY }])
    .state;
const active = (day?: string) =>
  tell(contracted(day), [day ? on(day) : april, { type: 'first_used' }]).state;
const termOver = (at: number): Told => [at, { type: 'deadline_reached', deadline: 'term' }];
const ends = [
  'end_sessions',
  'void_one_time_password_token',
  'void_mail_password',
  'cancel_pending_requests',
  'revoke_consents',
];

describe('SM-19 the year of the contract', () => {
  //    contracted    first year           second year
  test.each([
    ['SM-19/a', '2026-04-01', '2026-04-01/2027-03-31', '2027-04-01/2028-03-31'],
    ['SM-19/b', '2024-02-29', '2024-02-29/2025-02-28', '2025-03-01/2026-02-28'],
    ['SM-19/a', '2027-03-01', '2027-03-01/2028-02-29', '2028-03-01/2029-02-28'],
  ])('%s from %s it runs %s and then %s', (_, day, first, second) => {
    const year = ({ facts }: ContractState) => `${facts.termFrom}/${facts.termTo}`;
    expect(year(active(day))).toBe(first);
    const lastDay = CivilDate.from(first.slice(11));
    const renewed = tell(active(day), termOver(lastDay.plusDays(1).startsAt()));
    expect(year(renewed.state)).toBe(second);
    expect(renewed).toMatchObject({ answer: 'ACTIVE', effects: [] });
    expect(tell(active(day), termOver(lastDay.plusDays(1).startsAt() - 1))).toMatchObject({
      answer: 'period_not_over',
    });
  });

  const lastInstant = CivilDate.from('2027-04-01').startsAt() - 1;
  const objects = (at: number): Told => [at, { type: 'renewal_objected', by: 'institution' }];

  test('SM-19/c an objection on the last day blocks the renewal, one after it is late', () => {
    expect(tell(active(), objects(lastInstant), termOver(lastInstant + 1))).toMatchObject({
      answer: 'TERMINATED',
      effects: ends,
    });
    expect(tell(active(), objects(lastInstant + 1))).toMatchObject({ answer: 'event_late' });
  });

  test('X-12 a non-renewal notice that arrives after the last day leaves the contract renewed', () => {
    const renewed = tell(active(), termOver(lastInstant + 1)).state;
    const late = stepContract(
      renewed,
      {
        type: 'renewal_objected',
        id: 'late',
        happenedAt: lastInstant + DAY,
        by: 'institution',
      },
      lastInstant + DAY,
    );
    // It counts for the next year; that it works as a termination is for a person to decide.
    expect(late).toMatchObject({ ok: true, value: { state: { name: 'ACTIVE' } } });
    expect(renewed.facts).toMatchObject({ renewals: 1, termFrom: '2027-04-01' });
  });

  test('SM-19/d the renewal needs nothing from the holder, even while the service is locked', () => {
    const locked = tell(active(), [april + 1, { type: 'locked', credential: 'login_password' }]);
    expect(tell(locked.state, termOver(lastInstant + 1))).toMatchObject({
      answer: 'LOCKED',
      state: { facts: { renewals: 1 } },
    });
  });
});

describe('SM-13.4 and SM-9.2: first use, lock, stop', () => {
  const deadline = april + 60 * DAY;
  test('SM-13.4/a the temporary password serves up to its last instant, then a new one is sent', () => {
    expect(tell(contracted(), [deadline, { type: 'first_used' }])).toMatchObject({
      answer: 'ACTIVE',
    });
    expect(tell(contracted(), [deadline + 1, { type: 'first_used' }])).toMatchObject({
      answer: 'temporary_password_expired',
      clause: 'SM-13.4',
    });
    const dead = tell(contracted(), [
      deadline + 1,
      { type: 'deadline_reached', deadline: 'first_use' },
    ]);
    expect(dead.effects).toEqual(['void_temporary_password']);
    const again: Told = [
      deadline + 2,
      { type: 'temporary_password_sent_again', firstUseBy: deadline + 9 },
    ];
    expect(tell(dead.state, [deadline + 2, { type: 'first_used' }])).toMatchObject({
      answer: 'temporary_password_expired',
    });
    expect(tell(dead.state, again, [deadline + 9, { type: 'first_used' }])).toMatchObject({
      answer: 'ACTIVE',
    });
  });

  test('SM-9.2/e a lock freezes consents and revokes none; the branch form lifts it', () => {
    const locked = tell(active(), [april + 1, { type: 'locked', credential: 'secret_word' }]);
    expect(locked.effects).toEqual(['end_sessions', 'void_mail_password', 'freeze_consents']);
    expect(tell(locked.state, [april + 2, { type: 'unlocked', formId: ' ' }])).toMatchObject({
      answer: 'written_form_required',
    });
    expect(tell(locked.state, [april + 2, { type: 'unlocked', formId: 'f1' }])).toMatchObject({
      answer: 'ACTIVE',
      effects: ['reset_counters', 'thaw_consents'],
    });
  });

  test('SM-3.4-1-4/a a stop needs a reason and gives back what was before it, a lock included', () => {
    const stop: Told = [april + 2, { type: 'service_stopped', reason: '調査' }];
    const resume: Told = [april + 3, { type: 'service_resumed', reason: '終了' }];
    expect(tell(active(), [april + 2, { type: 'service_stopped', reason: '' }])).toMatchObject({
      answer: 'reason_required',
    });
    expect(tell(active(), stop, resume)).toMatchObject({
      answer: 'ACTIVE',
      effects: ['thaw_consents'],
    });
    const locked = tell(active(), [april + 1, { type: 'locked', credential: 'x' }]).state;
    expect(tell(locked, stop, resume)).toMatchObject({ answer: 'LOCKED', effects: [] });
  });
});

describe('SM-11 and SM-12: the ends', () => {
  test('SM-11.1/b the holder ends it by the written form alone', () => {
    expect(tell(active(), [april, { type: 'holder_terminated', formId: '' }])).toMatchObject({
      answer: 'written_form_required',
      clause: 'SM-11.1',
    });
    expect(tell(active(), [april, { type: 'holder_terminated', formId: 'f2' }])).toMatchObject({
      answer: 'TERMINATED',
      effects: ends,
    });
  });

  test('SM-11.2/a a termination takes effect on arrival or deemed arrival, not when sent', () => {
    const sent: Told = [april, { type: 'termination_notice_sent', reason: '都合' }];
    expect(tell(active(), sent)).toMatchObject({ answer: 'NOTICED', effects: [] });
    for (const type of [
      'termination_notice_arrived',
      'termination_notice_deemed_arrived',
    ] as const) {
      expect(tell(active(), sent, [april + DAY, { type }])).toMatchObject({
        answer: 'TERMINATED',
        effects: ends,
      });
      expect(tell(active(), [april, { type }])).toMatchObject({ answer: 'event_out_of_order' });
    }
  });

  test('SM-11.3b/a closing the main account ends the whole contract at once', () => {
    expect(tell(active(), [april, { type: 'main_account_closed' }])).toMatchObject({
      answer: 'TERMINATED',
      effects: ends,
    });
  });

  const two = { enteredBy: 'staff_sato', approvedBy: 'staff_mori' };
  const force = (index: number, more = {}): Told => [
    april,
    {
      type: 'forced_termination',
      ...two,
      ground: FORCED_GROUNDS[index] ?? 'other_cause',
      evidence: ['doc_1'],
      cause: '相当の事由',
      ...more,
    },
  ];
  test.each([
    ['SM-11.4-1', 0],
    ['SM-11.4-2', 1],
    ['SM-11.4-3', 2],
    ['SM-11.4-4', 3],
    ['SM-11.4-5', 4],
    ['SM-11.4-6', 5],
  ])(
    '%s/a one ground suffices, with evidence and two people, and no notice before',
    (clause, index) => {
      expect(tell(active(), force(index))).toMatchObject({ answer: 'TERMINATED', effects: ends });
      expect(tell(active(), force(index, { evidence: [' '] }))).toMatchObject({
        answer: 'evidence_required',
        clause,
      });
      expect(tell(active(), force(index, { approvedBy: 'staff_sato' }))).toMatchObject({
        answer: 'four_eyes_required',
        clause,
      });
      const withoutCause = tell(active(), force(index, { cause: ' ' })).answer;
      expect(withoutCause).toBe(index === 5 ? 'cause_required' : 'TERMINATED');
    },
  );

  test('SM-12.1/a the main account does not move by itself: terminate and apply anew', () => {
    expect(tell(active(), [april, { type: 'branch_changed', wishOf: 'holder' }])).toMatchObject({
      answer: 'apply_anew',
      clause: 'SM-12.1',
    });
  });

  test('SM-12.3/a a merger carries the contract over', () => {
    expect(
      tell(active(), [april, { type: 'branch_changed', wishOf: 'institution' }]),
    ).toMatchObject({ answer: 'ACTIVE', effects: ['map_branch_codes'] });
  });

  test('SM-12.2b/a removing a service account cancels what debits it and leaves the contract', () => {
    expect(
      tell(active(), [april, { type: 'service_account_removed', account: 'acc_2' }]),
    ).toMatchObject({
      answer: 'ACTIVE',
      effects: ['remove_account', 'cancel_pending_requests_debiting_it'],
    });
    expect(tell(active(), [april, { type: 'service_account_removed', account: '' }])).toMatchObject(
      { answer: 'account_required' },
    );
  });

  test('SM-11.3b/c what has ended takes nothing more', () => {
    const ended = tell(active(), [april, { type: 'main_account_closed' }]).state;
    expect(tell(ended, force(0))).toMatchObject({ answer: 'event_out_of_order' });
    expect(ended.deadlines).toEqual([]);
  });
});

describe('SM-11 and SM-13.4: what a contract keeps of its ends', () => {
  const sent: Told = [april, { type: 'termination_notice_sent', reason: '都合' }];
  const forced = (ground: (typeof FORCED_GROUNDS)[number], more = {}): Told => [
    april,
    {
      type: 'forced_termination',
      enteredBy: 'staff_sato',
      approvedBy: 'staff_mori',
      ground,
      evidence: ['doc_1'],
      ...more,
    },
  ];
  const lastInstant = CivilDate.from('2027-04-01').startsAt() - 1;
  const objected: Told = [april, { type: 'renewal_objected', by: 'holder' }];

  //  clause      what ends it                                                 why
  test.each([
    ['SM-11.1', [[april, { type: 'holder_terminated', formId: 'f1' }]], 'holder_terminated'],
    ['SM-11.2', [sent, [april, { type: 'termination_notice_arrived' }]], 'institution_terminated'],
    ['SM-11.3b', [[april, { type: 'main_account_closed' }]], 'main_account_closed'],
    ['SM-19', [objected, termOver(lastInstant + 1)], 'not_renewed'],
    ['SM-11.4-1', [forced('insolvency')], 'insolvency'],
    ['SM-11.4-5', [forced('dormancy')], 'dormancy'],
    ['SM-11.4-6', [forced('other_cause', { cause: '相当の事由' })], 'other_cause'],
  ] as [string, Told[], string][])('%s the contract says why it ended', (_, told, endedBecause) => {
    expect(tell(active(), ...told)).toMatchObject({
      answer: 'TERMINATED',
      effects: ends,
      state: { facts: { endedBecause } },
    });
  });

  //  clause      what is told                                                      answer
  test.each([
    ['SM-11.1', [april, { type: 'holder_terminated', formId: ' ' }], 'written_form_required'],
    ['SM-12.2a', [april, { type: 'service_account_removed', account: ' ' }], 'account_required'],
    ['SM-11.4-6', forced('other_cause'), 'cause_required'],
    ['SM-11.4-2', forced('whereabouts_unknown', { evidence: [' ', 'doc_1'] }), 'TERMINATED'],
  ] as [string, Told, string][])(
    '%s %# blanks are nothing, and one evidence is enough: %j',
    (...row) => {
      const [, event, answer] = row;
      expect(tell(active(), event)).toMatchObject({ answer });
    },
  );

  const firstUseOver: Told = [
    april + 60 * DAY + 1,
    { type: 'deadline_reached', deadline: 'first_use' },
  ];
  const stop: Told = [april, { type: 'service_stopped', reason: '調査' }];

  test.each([
    ['AWAITING_FIRST_USE', () => contracted()],
    ['STOPPED', () => tell(contracted(), stop).state],
  ])('SM-13.4/a under %s the temporary password dies with its time, the year runs on', (...row) => {
    const [answer, contract] = row;
    const dead = tell(contract(), firstUseOver);
    expect(dead).toMatchObject({
      answer,
      effects: ['void_temporary_password'],
      state: { facts: { temporaryPasswordDead: true, renewals: 0 }, deadlines: [{ name: 'term' }] },
    });
  });

  test('SM-13.4/a a new one lives again', () => {
    const again: Told = [
      april + 61 * DAY,
      { type: 'temporary_password_sent_again', firstUseBy: april + 62 * DAY },
    ];
    expect(tell(contracted(), firstUseOver, again).state.facts.temporaryPasswordDead).toBe(false);
  });

  test('SM-19 the year that ends before the first use is renewed and kills no password', () => {
    const year = tell(beginContract(april), [
      april,
      { type: 'contracted', firstUseBy: lastInstant + 9 * DAY },
    ]).state;
    expect(tell(year, termOver(lastInstant + 1))).toMatchObject({
      answer: 'AWAITING_FIRST_USE',
      state: { facts: { renewals: 1, temporaryPasswordDead: false } },
    });
  });

  test('SM-3.4-1-4 a stop that ended is forgotten, so that the next one goes back to its own', () => {
    const resume: Told = [april + 1, { type: 'service_resumed', reason: '終了' }];
    const back = tell(active(), stop, resume).state;
    expect(back.facts.stoppedFrom).toBeUndefined();
    const lock: Told = [april + 2, { type: 'locked', credential: 'login_password' }];
    const again = (event: Told): Told => [april + 3, event[1]];
    expect(tell(back, lock, again(stop), again(resume))).toMatchObject({ answer: 'LOCKED' });
  });
});
