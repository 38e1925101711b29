import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { mayStopChainPartner } from '../decisions/may-stop-chain-partner.js';
import { EVERYTHING, type RemovedRight } from '../facts/linkage.js';
import { ReadingBook } from '../readings.js';
import {
  authorityOfChain,
  beginChain,
  mayCallForPartner,
  stepChain,
  type ChainEvent,
  type ChainState,
} from './chain-stop.js';
import { beginLink, linkCell, stepLink } from './link.js';

const HOUR = 3_600_000;
const friday = CivilDate.from('2026-11-20').at('12:00');
const byBank = { institution: '2963', enteredBy: 'staff_sato', approvedBy: 'staff_mori' };
const grounds = { text: '報告がない', evidence: ['doc_1'] };
type Draft<T> = T extends ChainEvent ? Omit<T, 'id' | 'happenedAt'> : never;
type Told = readonly [at: number, event: Draft<ChainEvent>];

function tell(state: ChainState, ...events: readonly Told[]) {
  let current = state;
  for (const [index, [at, draft]] of events.entries()) {
    const id = `e${current.version}-${draft.type}-${at}`;
    const result = stepChain(current, { id, happenedAt: at, ...draft }, at);
    if (!result.ok) {
      expect(index).toBe(events.length - 1);
      return { state: current, answer: result.refusal.code };
    }
    current = result.value.state;
  }
  return { state: current, answer: current.name as string };
}

const none = () => beginChain({ institution: '2963', epsp: 'epsp_1', partner: 'cp_one' }, friday);
const filed: Told = [friday, { type: 'contract_filed', method: 'API', content: '残高の伝達' }];
const contracted = () => tell(none(), filed).state;
const ask = (more = {}): Told => [
  friday,
  {
    type: 'stop_demanded',
    ...byBank,
    requestId: 'req_1',
    ground: 'partner_default',
    grounds,
    explanation: '報告がない',
    periodDays: 14,
    ...more,
  },
];
const arrived: Told = [friday, { type: 'stop_request_arrived', requestId: 'req_1' }];
const due = CivilDate.from('2026-12-05').startsAt() - 1;
const over: Told = [due + 1, { type: 'deadline_reached', deadline: 'stop' }];
const only = (reach: RemovedRight['reach']) => EVERYTHING.map(({ right }) => ({ right, reach }));
const notice: Told = [
  due + 1,
  {
    type: 'notice_sent',
    ...byBank,
    noticeId: 'ntc_1',
    kind: 'restriction',
    removed: only('cp_one'),
    leadHours: 72,
  },
];
const delivered: Told = [due + 1, { type: 'notice_arrived', noticeId: 'ntc_1' }];
const effect = due + 1 + 72 * HOUR;
const commit = (at: number): Told => [
  at,
  { type: 'measure_committed', ...byBank, noticeId: 'ntc_1', measureId: 'mea_1' },
];
const stopped = (at: number): Told => [at, { type: 'partner_stopped' }];
const noticed = () => tell(contracted(), ask(), arrived, over, notice, delivered).state;

describe('RKN-C1: contract, reports, guidance, result', () => {
  test('RKN-C1a/a no call passes for a partner without a contract', () => {
    expect(mayCallForPartner(none(), friday)).toMatchObject({
      refusal: { code: 'chain_partner_unknown', clause: 'RKN-C1a' },
    });
    expect(mayCallForPartner(contracted(), friday).ok).toBe(true);
    const vague: Told = [friday, { type: 'contract_filed', method: '', content: 'x' }];
    expect(tell(none(), vague)).toMatchObject({ answer: 'contract_incomplete' });
  });

  test('RKN-C1a/b a contract that has run out passes nothing, read or unread', () => {
    const term = tell(none(), [
      friday,
      { type: 'contract_filed', method: 'API', content: 'x', contractUntil: friday + HOUR },
    ]).state;
    expect(mayCallForPartner(term, friday + HOUR).ok).toBe(true);
    expect(mayCallForPartner(term, friday + HOUR + 1).ok).toBe(false);
    const read: Told = [friday + HOUR + 1, { type: 'deadline_reached', deadline: 'contract_term' }];
    expect(tell(term, read)).toMatchObject({ answer: 'ENDED' });
  });

  test('RKN-C1b/a an overdue report is visible to the institution and stops nothing', () => {
    const asked: Told = [friday, { type: 'report_requested', reportBy: friday + HOUR }];
    const late: Told = [
      friday + HOUR + 1,
      { type: 'deadline_reached', deadline: 'partner_report' },
    ];
    const told = tell(contracted(), asked, late);
    expect(told).toMatchObject({ answer: 'REPORT_DUE', state: { facts: { reportOverdue: true } } });
    expect(mayCallForPartner(told.state, friday + 2 * HOUR).ok).toBe(true);
    expect(tell(told.state, [friday + 2 * HOUR, { type: 'partner_reported' }])).toMatchObject({
      answer: 'CONTRACTED',
      state: { facts: { reportOverdue: false } },
    });
  });

  const guided: Told = [
    friday,
    { type: 'guidance_given', finding: '漏えい', instruction: '是正', outcomeBy: friday + HOUR },
  ];

  test('RKN-C1c/a a finding without outcome after its due date is an open item', () => {
    const late: Told = [friday + HOUR + 1, { type: 'deadline_reached', deadline: 'guidance' }];
    expect(tell(contracted(), guided, late)).toMatchObject({
      answer: 'GUIDED',
      state: { facts: { guidanceOpen: true } },
    });
  });

  test('RKN-C1d/a a result that is not reported in its time is flagged', () => {
    const concluded: Told = [
      friday,
      { type: 'guidance_concluded', outcome: '是正済み', reportDays: 30 },
    ];
    const improved = tell(contracted(), guided, concluded);
    expect(improved).toMatchObject({ answer: 'IMPROVED' });
    const reportBy = CivilDate.from('2026-12-21').startsAt();
    const late: Told = [reportBy, { type: 'deadline_reached', deadline: 'report_to_institution' }];
    expect(tell(improved.state, late)).toMatchObject({
      state: { facts: { reportToInstitutionOverdue: true } },
    });
    expect(tell(improved.state, [friday + 1, { type: 'result_reported' }])).toMatchObject({
      answer: 'REPORTED_TO_FI',
    });
  });
});

describe('RKN-C2: stop request and measure', () => {
  test.each([
    ['RKN-C2a/a', { grounds: { text: '', evidence: [] } }, 'grounds_required'],
    ['RKN-C2a/a', { approvedBy: 'staff_sato' }, 'four_eyes_required'],
    ['RKN-C2a/a', { institution: '2950' }, 'not_own_linkage'],
    ['RKN-C2a/a', { periodDays: undefined }, 'parameter_unset'],
    ['RKN-C2c/a', { explanation: ' ' }, 'explanation_required'],
    ['RKN-C2c/b', { explanation: undefined, withheldBecause: '捜査中' }, 'STOP_DEMANDED'],
  ])('%s a request with %j answers %s', (_, more, answer) => {
    expect(tell(contracted(), ask(more))).toMatchObject({ answer });
  });

  test('RKN-C2a/b the request alone stops no call', () => {
    expect(mayCallForPartner(tell(contracted(), ask(), arrived).state, friday).ok).toBe(true);
  });

  test('RKN-C2b/a before the period is over there is no overdue, no notice, no measure', () => {
    const early: Told = [due, { type: 'deadline_reached', deadline: 'stop' }];
    const asked = tell(contracted(), ask(), arrived).state;
    expect(tell(asked, early)).toMatchObject({ answer: 'period_not_over' });
    expect(tell(asked, notice)).toMatchObject({ answer: 'event_out_of_order' });
    expect(tell(asked, commit(effect))).toMatchObject({ answer: 'event_out_of_order' });
  });

  test('RKN-C2b/b a partner stopped on the due date, or even later, leaves nothing to measure', () => {
    const onTime = tell(contracted(), ask(), arrived, stopped(due)).state;
    expect(onTime).toMatchObject({ name: 'PARTNER_STOPPED' });
    const late = tell(noticed(), stopped(effect - 1)).state;
    expect(tell(late, commit(effect))).toMatchObject({ answer: 'event_out_of_order' });
    const decided = mayStopChainPartner(late, effect, new ReadingBook('2963'));
    expect(decided.outcome).toMatchObject({ may: false, code: 'partner_already_stopped' });
  });

  test('RKN-C2b/c a call for a stopped partner is refused, until it is resumed', () => {
    const off = tell(contracted(), ask(), arrived, stopped(due)).state;
    expect(mayCallForPartner(off, due)).toMatchObject({
      refusal: { code: 'chain_partner_stopped', clause: 'RKN-C2b' },
    });
    const back = tell(off, [due + 1, { type: 'resumed', ...byBank, reason: '改善' }]).state;
    expect(mayCallForPartner(back, due + 1).ok).toBe(true);
  });

  test('RKN-C2b/d without a notice that arrived, and its lead, there is no measure', () => {
    const unheard = tell(contracted(), ask(), arrived, over, notice).state;
    expect(tell(unheard, commit(effect))).toMatchObject({ answer: 'notice_not_delivered' });
    expect(tell(noticed(), commit(effect - 1))).toMatchObject({ answer: 'notice_not_delivered' });
    expect(tell(noticed(), commit(effect))).toMatchObject({ answer: 'LINK_RESTRICTED' });
  });

  test('RKN-C2b/e a measure for this partner only leaves the intermediary’s own calls alone', () => {
    const measured = tell(noticed(), commit(effect)).state;
    const result = stepLink(
      beginLink('2963', 'epsp_1', friday),
      {
        type: 'measure_committed',
        id: 'm',
        happenedAt: effect,
        ...byBank,
        measureId: 'mea_1',
        kind: 'restriction',
        basis: 'RKN-C2b',
        removed: only('cp_one'),
        grounds,
        authority: authorityOfChain(measured),
      },
      effect,
    );
    if (!result.ok) throw new Error(result.refusal.code);
    const cell = (traffic: 'direct' | 'cp_one' | 'cp_two') =>
      linkCell(result.value.state, { right: 'balances_read', traffic }, effect);
    expect([cell('direct'), cell('cp_one'), cell('cp_two')]).toEqual([
      'active',
      'suspended',
      'active',
    ]);
    expect(() => authorityOfChain(contracted())).toThrow('A measure stands on a stop request');
  });

  test.each([
    ['RKN-C2a', () => contracted(), friday, 'request_required'],
    ['RKN-C2a', () => tell(contracted(), ask()).state, friday, 'request_not_arrived'],
    ['RKN-C2b/a', () => tell(contracted(), ask(), arrived).state, due, 'period_not_over'],
    ['RKN-C2b/d', () => noticed(), effect - 1, 'notice_not_delivered'],
    ['RKN-C2b', () => noticed(), effect, true],
  ] as const)('%s the decision names the first step that is missing', (_, chain, now, expected) => {
    const { outcome } = mayStopChainPartner(chain(), now, new ReadingBook('2963'));
    expect(outcome.may || outcome.code).toBe(expected);
  });
});
