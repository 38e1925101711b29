import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { beginChain, chainMachine, mayCallForPartner } from '../chain-stop.js';
import { tellerOf, type Told } from '../explorer/tell.js';
import type { ChainEvent } from './facts.js';

type Say = Told<ChainEvent>;
const HOUR = 3_600_000;
const friday = CivilDate.from('2026-11-20').at('12:00');
const byBank = { institution: '2963', enteredBy: 'staff_sato', approvedBy: 'staff_mori' };
const tell = tellerOf(chainMachine);

const begun = () => beginChain({ institution: '2963', epsp: 'epsp_1', partner: 'cp_one' }, friday);
const file = (more = {}): Say => [
  friday,
  { type: 'contract_filed', method: 'API', content: '残高の伝達', ...more },
];
const contracted = (more = {}) => tell(begun(), file(more)).state;
const ask: Say = [friday, { type: 'report_requested', reportBy: friday + HOUR }];
const guide = (more = {}): Say => [
  friday,
  {
    type: 'guidance_given',
    finding: '漏えい',
    instruction: '是正',
    outcomeBy: friday + HOUR,
    ...more,
  },
];
const conclude = (more = {}): Say => [
  friday,
  { type: 'guidance_concluded', outcome: '是正済み', reportDays: 30, ...more },
];
const report: Say = [friday, { type: 'result_reported' }];
const over = (deadline: string, at: number): Say => [at, { type: 'deadline_reached', deadline }];
/** The thirtieth day after the conclusion, which is not counted, is the last one. */
const reportBy = CivilDate.from('2026-12-21').startsAt() - 1;

describe('RKN-C1: what the institution sees of a chain partner', () => {
  test('RKN-C1b a new contract raises no flag', () => {
    expect(contracted().facts).toEqual({
      institution: '2963',
      epsp: 'epsp_1',
      partner: 'cp_one',
      reportOverdue: false,
      guidanceOpen: false,
      reportToInstitutionOverdue: false,
    });
  });

  //  what is told                                       answer
  test.each([
    ['RKN-C1a', [file({ method: ' ' })], 'contract_incomplete'],
    ['RKN-C1a', [file({ content: ' ' })], 'contract_incomplete'],
    ['RKN-C1c', [file(), guide({ finding: ' ' })], 'finding_required'],
    ['RKN-C1c', [file(), guide({ instruction: ' ' })], 'finding_required'],
    ['RKN-C1c', [file(), guide(), conclude({ outcome: ' ' })], 'reason_required'],
    ['RKN-C1d', [file(), guide(), conclude({ reportDays: undefined })], 'parameter_unset'],
    ['RKN-C1d', [file(), guide(), conclude({ reportDays: 0 })], 'parameter_unset'],
    ['RKN-C1d', [file(), guide(), conclude({ reportDays: 1.5 })], 'parameter_unset'],
    ['RKN-C1d', [file(), guide(), conclude({ reportDays: 1 })], 'IMPROVED'],
  ])('%s %# what is not written, or not set, is refused: %j', (clause, told, answer) => {
    const result = tell(begun(), ...told);
    expect(result).toMatchObject(answer === 'IMPROVED' ? { answer } : { answer, clause });
  });

  test('RKN-C1c/a an open finding is flagged once overdue; its outcome takes the flag away', () => {
    const late = tell(contracted(), guide(), over('guidance', friday + HOUR + 1));
    expect(late).toMatchObject({
      answer: 'GUIDED',
      facts: { guidanceOpen: true, reportOverdue: false },
      notices: [{ kind: 'guidance_open', to: 'institution', clause: 'RKN-C1c' }],
    });
    expect(tell(late.state, [friday + 2 * HOUR, conclude()[1]]).facts.guidanceOpen).toBe(false);
  });

  test('RKN-C1d/a the result is due by the end of its period; reporting it takes the flag away', () => {
    const improved = tell(contracted(), guide(), conclude());
    expect(improved).toMatchObject({
      started: [{ name: 'report_to_institution', clause: 'RKN-C1d', dueAt: reportBy }],
      duties: [{ who: 'epsp', clause: 'RKN-C1d', by: reportBy }],
    });
    const late = tell(improved.state, over('report_to_institution', reportBy + 1));
    expect(late).toMatchObject({
      answer: 'IMPROVED',
      facts: { reportToInstitutionOverdue: true, guidanceOpen: false },
      notices: [{ kind: 'result_not_reported', to: 'institution', clause: 'RKN-C1d' }],
    });
    expect(tell(late.state, [reportBy + 2, report[1]])).toMatchObject({
      answer: 'REPORTED_TO_FI',
      facts: { reportToInstitutionOverdue: false },
    });
  });

  //  what has been begun since               the matter waits at
  test.each([
    ['a report is asked for', [ask], 'REPORT_DUE'],
    [
      'a report was asked for and made',
      [ask, [friday, { type: 'partner_reported' }]],
      'CONTRACTED',
    ],
    ['another finding is open', [guide()], 'GUIDED'],
  ] as [string, Say[], string][])(
    'RKN-C1d a result is owed until it is reported, although %s',
    (...row) => {
      const [, since, answer] = row;
      const owing = tell(contracted(), guide(), conclude(), ...since).state;
      const reported = tell(owing, report);
      expect(reported).toMatchObject({ answer, ended: [{ name: 'report_to_institution' }] });
      expect(tell(reported.state, report)).toMatchObject({ answer: 'event_out_of_order' });
      const late = tell(owing, over('report_to_institution', reportBy + 1), [
        reportBy + 2,
        report[1],
      ]);
      expect(late).toMatchObject({ answer, facts: { reportToInstitutionOverdue: false } });
      expect(tell(late.state, [reportBy + 3, report[1]])).toMatchObject({
        answer: 'event_out_of_order',
      });
    },
  );

  test('RKN-C1d where no guidance was concluded no result is owed', () => {
    expect(tell(contracted(), report)).toMatchObject({ answer: 'event_out_of_order' });
  });

  test('RKN-C1b/a what is due from the partner is told apart from what the intermediary owes', () => {
    const both = tell(contracted(), ask, guide({ outcomeBy: friday + 2 * HOUR })).state;
    expect(tell(both, over('partner_report', friday + HOUR + 1))).toMatchObject({
      answer: 'GUIDED',
      facts: { reportOverdue: true, guidanceOpen: false },
      notices: [{ kind: 'partner_report_overdue', to: 'institution', clause: 'RKN-C1b' }],
    });
  });
});

describe('RKN-C1a: whether a call for the partner may pass', () => {
  const late = friday + 99 * HOUR;
  const end: Say = [friday, { type: 'contract_ended', reason: '解約' }];
  const stop: Say = [
    friday,
    {
      type: 'stop_demanded',
      ...byBank,
      requestId: 'req_1',
      ground: 'partner_default',
      grounds: { text: '報告がない', evidence: ['doc_1'] },
      explanation: '報告がない',
      periodDays: 14,
    },
  ];

  test.each([
    ['contracted', () => contracted()],
    ['in time, with another deadline past and not yet read', () => tell(contracted(), ask).state],
    ['asked to be stopped', () => tell(contracted(), stop).state],
  ])('RKN-C2a/b it passes for a partner that is %s', (_, chain) => {
    expect(mayCallForPartner(chain(), late)).toEqual({ ok: true, value: true });
  });

  test.each([
    ['not contracted', begun],
    ['past its term', () => contracted({ contractUntil: late - 1 })],
    [
      'past its term, beside another deadline',
      () => tell(contracted({ contractUntil: late - 1 }), ask).state,
    ],
    ['ended', () => tell(contracted(), end).state],
  ])('RKN-C1a/b it is refused for a partner that is %s', (_, chain) => {
    expect(mayCallForPartner(chain(), late)).toMatchObject({
      refusal: { code: 'chain_partner_unknown', clause: 'RKN-C1a' },
    });
  });

  //  where the matter stands                                  what else is to be done
  test.each([
    ['nothing is asked', () => contracted({ contractUntil: friday + HOUR })],
    ['a stop is asked for', () => tell(contracted({ contractUntil: friday + HOUR }), stop).state],
  ])('RKN-C1a/b a contract ends with its term although %s', (_, chain) => {
    expect(tell(chain(), over('contract_term', friday + HOUR + 1))).toMatchObject({
      answer: 'ENDED',
      clauses: ['RKN-C1a'],
      effects: ['revoke_partner_consents'],
      notices: [{ kind: 'partner_removed', to: 'epsp', clause: 'RKN-C1a' }],
    });
  });
});
