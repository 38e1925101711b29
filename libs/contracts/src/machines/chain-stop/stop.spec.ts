import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { EVERYTHING, type RemovedRight } from '../../facts/linkage.js';
import { authorityOfChain, beginChain, chainMachine } from '../chain-stop.js';
import { tellerOf, type Told } from '../explorer/tell.js';
import { dutiesOf } from '../step.js';
import type { ChainEvent } from './facts.js';

type Say = Told<ChainEvent>;
const HOUR = 3_600_000;
const friday = CivilDate.from('2026-11-20').at('12:00');
const byBank = { institution: '2963', enteredBy: 'staff_sato', approvedBy: 'staff_mori' };
const writes: RemovedRight[] = [{ right: 'transfer_initiation', reach: 'cp_one' }];
const tell = tellerOf(chainMachine);

const contracted = (contractUntil?: number) =>
  tell(beginChain({ institution: '2963', epsp: 'epsp_1', partner: 'cp_one' }, friday), [
    friday,
    {
      type: 'contract_filed',
      method: 'API',
      content: '残高の伝達',
      ...(contractUntil === undefined ? {} : { contractUntil }),
    },
  ]).state;
const ask = (more = {}): Say => [
  friday,
  {
    type: 'stop_demanded',
    ...byBank,
    requestId: 'req_1',
    ground: 'partner_default',
    grounds: { text: '報告がない', evidence: ['doc_1'] },
    explanation: '報告がない',
    periodDays: 14,
    ...more,
  },
];
const arrive = (requestId = 'req_1', at = friday): Say => [
  at,
  { type: 'stop_request_arrived', requestId },
];
/** The fourteenth day after the arrival, which is not counted, is the last one. */
const due = CivilDate.from('2026-12-05').startsAt() - 1;
const over = (deadline: string, at: number): Say => [at, { type: 'deadline_reached', deadline }];
const notify = (more = {}): Say => [
  due + 1,
  {
    type: 'notice_sent',
    ...byBank,
    noticeId: 'ntc_1',
    kind: 'restriction',
    removed: writes,
    leadHours: 72,
    ...more,
  },
];
const suspension = { kind: 'suspension', removed: EVERYTHING };
const arrived: Say = [due + 1, { type: 'notice_arrived', noticeId: 'ntc_1' }];
const effect = due + 1 + 72 * HOUR;
const commit: Say = [
  effect,
  { type: 'measure_committed', ...byBank, noticeId: 'ntc_1', measureId: 'mea_1' },
];
const stopAt = (at: number): Say => [at, { type: 'partner_stopped' }];

const demanded = () => tell(contracted(), ask()).state;
const running = () => tell(demanded(), arrive()).state;
const overdue = () => tell(running(), over('stop', due + 1)).state;
const noticed = (more = {}) => tell(overdue(), notify(more), arrived).state;
const measured = (more = {}) => tell(noticed(more), commit).state;

describe('RKN-C2a: the request and its period', () => {
  test.each([
    [{ periodDays: 0 }, 'parameter_unset'],
    [{ periodDays: 1.5 }, 'parameter_unset'],
    [{ periodDays: 1 }, 'STOP_DEMANDED'],
    [{ explanation: ' ', withheldBecause: ' ' }, 'explanation_required'],
  ])('RKN-C2a a request with %j answers %s', (more, answer) => {
    expect(tell(contracted(), ask(more))).toMatchObject({ answer });
  });

  test('RKN-C2a the period runs from the arrival of that request, and is not begun anew', () => {
    expect(tell(demanded(), arrive('req_2'))).toMatchObject({ answer: 'another_request' });
    const once = tell(demanded(), arrive());
    expect(once).toMatchObject({
      started: [{ name: 'stop', parameter: 'P.rkn.c2.reasonablePeriod', dueAt: due }],
      facts: { request: { id: 'req_1', arrivedAt: friday, dueAt: due } },
      duties: [{ who: 'epsp', clause: 'RKN-C2a', by: due }],
    });
    expect(tell(once.state, arrive('req_1', friday + HOUR))).toMatchObject({
      answer: 'event_out_of_order',
    });
  });

  //  what closes a request        at what state       the partner
  test.each([
    ['withdrawn at once', demanded, 'CONTRACTED'],
    ['withdrawn when overdue', overdue, 'CONTRACTED'],
    ['withdrawn after the notice', () => noticed(), 'CONTRACTED'],
  ] as const)('RKN-C2a of a request that is %s nothing is left', (_, chain, answer) => {
    const withdraw: Say = [
      effect,
      { type: 'stop_request_withdrawn', ...byBank, reason: '報告を受けた' },
    ];
    const closed = tell(chain(), withdraw);
    expect(closed).toMatchObject({ answer, state: { deadlines: [] } });
    expect(closed.facts).toEqual(contracted().facts);
  });

  test('RKN-C2b/b of a request that was met the instant of the stop is left, and nothing else', () => {
    expect(tell(noticed(), stopAt(effect)).facts).toEqual({
      ...contracted().facts,
      partnerStoppedAt: effect,
    });
  });

  test('RKN-C1a/b while the period runs, the end of the contract is not the end of the period', () => {
    const both = tell(contracted(friday + HOUR), ask(), arrive()).state;
    expect(tell(both, over('contract_term', friday + HOUR + 1))).toMatchObject({ answer: 'ENDED' });
    const late = tell(contracted(due + HOUR), ask(), arrive(), over('stop', due + 1));
    expect(late).toMatchObject({ answer: 'OVERDUE', facts: { notStoppedAt: due + 1 } });
  });
});

describe('RKN-C2b: notice, measure, and the way back', () => {
  test('RKN-C2b/d the lead runs from the arrival of that notice, and is not begun anew', () => {
    const sent = tell(overdue(), notify()).state;
    const other: Say = [due + 1, { type: 'notice_arrived', noticeId: 'ntc_9' }];
    expect(tell(sent, other)).toMatchObject({ answer: 'not_as_announced' });
    const once = tell(sent, arrived);
    expect(once).toMatchObject({
      started: [{ name: 'notice_lead', parameter: 'P.rkn.c2.noticeLead', dueAt: effect - 1 }],
      duties: [{ who: 'institution', clause: 'RKN-C2b', by: effect - 1 }],
      facts: { notice: { noticeId: 'ntc_1', deliveredAt: due + 1 } },
    });
    expect(tell(once.state, [due + HOUR, arrived[1]])).toMatchObject({
      answer: 'event_out_of_order',
    });
  });

  test('RKN-C2b the end of the lead tells the institution that a measure is possible', () => {
    expect(tell(noticed(), over('notice_lead', effect))).toMatchObject({
      answer: 'NOTICED',
      notices: [{ kind: 'measure_possible', to: 'institution', clause: 'RKN-C2b' }],
      state: { deadlines: [] },
    });
  });

  //  what was announced        the measure
  test.each([
    [{}, 'LINK_RESTRICTED'],
    [suspension, 'LINK_SUSPENDED'],
  ])('I10 the measure is of the kind announced: %j', (more, answer) => {
    expect(tell(noticed(more), commit)).toMatchObject({
      answer,
      facts: { measureId: 'mea_1' },
      effects: ['commit_link_measure'],
    });
  });

  test.each([
    ['LINK_RESTRICTED', {}],
    ['LINK_SUSPENDED', suspension],
  ])(
    'RKN-C2b/c under %s a stop of the partner is told once, and proposes the way back',
    (name, more) => {
      const dutyOf = (state: ReturnType<typeof measured>) =>
        dutiesOf(chainMachine, state).map(({ who, clause }) => `${who} ${clause}`);
      expect(dutyOf(measured(more))).toEqual(['epsp RKN-C2b']);
      const stopped = tell(measured(more), stopAt(effect + 1));
      expect(stopped).toMatchObject({
        answer: name,
        facts: { partnerStoppedAt: effect + 1 },
        effects: ['refuse_partner_calls', 'propose_lifting_link_measure'],
      });
      expect(dutyOf(stopped.state)).toEqual(['institution RKN-C2b']);
      expect(tell(stopped.state, stopAt(effect + 2))).toMatchObject({
        answer: 'partner_already_stopped',
        clause: 'RKN-C2b',
      });
      const resumed = tell(stopped.state, [
        effect + 3,
        { type: 'resumed', ...byBank, reason: '改善' },
      ]);
      expect(resumed).toMatchObject({ answer: 'RESUMED' });
      expect(resumed.facts).toEqual(contracted().facts);
    },
  );

  //  how far the matter has come                      what the link would be told
  test.each([
    ['nothing is asked', () => contracted(), 'stop request'],
    ['the request has not arrived', demanded, 'stop request'],
    ['the period is running', running, 'stop request'],
    ['no notice was sent', overdue, 'notice'],
  ])('RKN-C2b/a no measure has authority while %s', (_, chain, what) => {
    expect(() => authorityOfChain(chain())).toThrow(`A measure stands on a ${what}`);
  });

  test('RKN-C2b/d the link is told when the notice arrived, or nothing of an arrival', () => {
    const authority = {
      originId: 'req_1',
      originArrivedAt: friday,
      originDueAt: due,
      failureFoundAt: due + 1,
      noticeId: 'ntc_1',
      noticeLeadHours: 72,
    };
    expect(authorityOfChain(tell(overdue(), notify()).state)).toStrictEqual(authority);
    expect(authorityOfChain(noticed())).toStrictEqual({ ...authority, noticeArrivedAt: due + 1 });
  });
});
