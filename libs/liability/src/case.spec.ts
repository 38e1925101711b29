import { describe, expect, test } from '@jest/globals';
import { canonicalJson, CivilDate, established } from '#libs/kernel';
import { aBook, aClaim, at, someReadings, someTerms, UNION } from '../test/a-claim.js';
import {
  anAttribution,
  anAgreement,
  paidBy,
  recourseTerms,
  unavoidable,
} from '../test/a-question.js';
import { decided, refusal } from '../test/decided.js';
import { assessFraud } from './assess-fraud.js';
import type { CaseEvent } from './case-events.js';
import { applyEvent, openCase, type LossCase } from './case.js';
import { decideCompensation } from './compensation/decide-compensation.js';
import { currentDecision, decideCase, questionOfCase, replayCase } from './decide-case.js';
import { explainCase } from './explain-case.js';
import { outcomeWords } from './outcome-words.js';

const report = {
  type: 'loss_reported',
  institution: '2963',
  lossYen: 100_000n,
  category: 'outage',
  occurredAt: at('2026-04-01'),
  knownAt: at('2026-04-02'),
} as const;

const opened = (changes: Partial<Extract<CaseEvent, { type: 'loss_reported' }>> = {}) =>
  decided(openCase({ ...report, ...changes }, at('2026-04-03')));

/** The instant of `day`, or of the last event where that is later. */
const notBefore = ({ events }: LossCase, day: string): number =>
  Math.max(at(day), events.at(-1)?.recordedAt ?? 0);

const happen = (start: LossCase, ...events: CaseEvent[]): LossCase =>
  events.reduce(
    (now, event) => decided(applyEvent(now, event, notBefore(now, '2026-05-01'))),
    start,
  );

const tryEvent = (start: LossCase, event: CaseEvent) =>
  refusal(applyEvent(start, event, notBefore(start, '2026-05-01')));

const paid = (yen = 100_000n): CaseEvent => ({
  type: 'paid',
  payment: paidBy('EPSP', yen),
  agreementClause: 'ToS 12',
});
const service: CaseEvent = { type: 'scope_found', scope: { value: 'service', evidence: ['ev'] } };
const attributed = (finding: 'FI' | 'UNCLEAR' | 'BOTH', id = `att-${finding}`): CaseEvent => ({
  type: 'attributed',
  attribution: anAttribution(finding, { id }),
});
const decideIt = (lossCase: LossCase) =>
  decided(decideCase(lossCase, recourseTerms(), notBefore(lossCase, '2026-06-01')));

describe('RKN-L1a a loss is looked into', () => {
  test('RKN-L1a/a a report opens the case and the search for the cause begins', () => {
    expect(opened()).toMatchObject({ causeStatus: 'INVESTIGATING', knownAt: at('2026-04-02') });
  });

  test('RKN-L1a/b no passing of time changes the state: only events do', () => {
    const later = decided(applyEvent(opened(), service, at('2027-04-03')));
    expect(later.causeStatus).toBe('INVESTIGATING');
  });

  test('RKN-L1a/c a cause without evidence is refused, with it the cause is found', () => {
    expect(tryEvent(opened(), { type: 'cause_found', evidence: [] })).toBe(
      'evidence_required evidence RKN-L1a',
    );
    expect(happen(opened(), { type: 'cause_found', evidence: ['ev'] }).causeStatus).toBe('FOUND');
    expect(tryEvent(opened(), { type: 'cause_unknown', grounds: ' ' })).toBe(
      'grounds_missing grounds RKN-L1a',
    );
    const unknown = happen(opened(), { type: 'cause_unknown', grounds: 'No log was kept.' });
    expect(unknown.causeStatus).toBe('UNKNOWN');
  });

  test.each([
    ['facts_contradict knownAt RKN-L1a', { occurredAt: at('2026-04-02') + 1 }],
    ['event_ahead_of_clock knownAt RKN-L1a', { knownAt: at('2026-04-03') + 1 }],
    ['amount_not_positive lossYen RKN-L*', { lossYen: 0n }],
  ])('RKN-L1a %s', (expected, changes) => {
    expect(refusal(openCase({ ...report, ...changes }, at('2026-04-03')))).toBe(expected);
  });

  test('RKN-L1a events come in the order of their record, and a case opens once', () => {
    expect(refusal(applyEvent(opened(), service, at('2026-04-03') - 1))).toBe(
      'event_out_of_order recordedAt RKN-L1a',
    );
    expect(tryEvent(opened(), report)).toBe('event_repeated type RKN-L1a');
  });
});

describe('RKN-L1b, RKN-L1c paying the user, or not', () => {
  test('RKN-L1b/a a payment without the clause of the agreement is refused', () => {
    const bare = { type: 'paid', payment: paidBy('EPSP') } as const;
    expect(tryEvent(opened(), bare)).toBe('agreement_clause_required agreementClause RKN-L1b');
  });

  test('RKN-L1b/b once paid, recourse is open', () => {
    const before = decideIt(happen(opened(), service, attributed('FI')));
    const after = decideIt(happen(before, paid()));
    const kinds = after.decisions.map(
      ({ decision }) => 'kind' in decision.outcome && decision.outcome.kind,
    );
    expect(kinds).toEqual(['nothing_yet', 'full']);
  });

  const exempt: CaseEvent = { type: 'exemption_found', agreementClause: 'ToS 9' };

  test('RKN-L1c/a an exemption that names its clause is taken for an outage', () => {
    expect(happen(opened(), exempt).exempt).toEqual(established('ToS 9'));
    expect(tryEvent(opened(), { ...exempt, agreementClause: '' })).toBe(
      'agreement_clause_required agreementClause RKN-L1c',
    );
  });

  test('RKN-L1c/b for fraud the exemption alone is refused: the assessment comes first', () => {
    const fraud = opened({ category: 'fraud' });
    expect(tryEvent(fraud, exempt)).toBe('fraud_assessment_required agreementClause RKN-L1d');
    const policy = {
      eligible: ['individual'],
      thirtyDayTest: 'look_back_from_notice',
      windowDays: 30,
      longStopYears: 2,
      policeReportRequired: false,
      exclusionsNeedFaultlessInstitution: true,
      proposals: { noFault: 'FULL', negligence: 'INDIVIDUAL', gross: 'NONE', intent: 'NONE' },
    };
    const assessment = assessFraud(aClaim(), 'individual', {
      institution: UNION,
      asOf: CivilDate.from('2026-04-15'),
      parameters: aBook({ 'P.rkn.fraudPolicy': policy }),
      readings: someReadings(),
    });
    const assessed = happen(fraud, {
      type: 'decided',
      about: 'fraud_policy',
      decision: decided(assessment),
    });
    expect(happen(assessed, exempt).exempt.value).toBe('yes');
    const recourse = decideIt(happen(assessed, exempt, service, attributed('FI'), paid()));
    expect(currentDecision(recourse)?.outcome).toMatchObject({ kind: 'full', clause: 'RKN-L2a' });
  });
});

describe('RKN-L3 new findings, new decisions', () => {
  const unclear = decideIt(happen(opened(), service, paid(), attributed('UNCLEAR')));

  test('RKN-L3/b a new attribution gives a new decision, and the old one stays as it was', () => {
    const first = canonicalJson(unclear.decisions[0]);
    const proposed = happen(unclear, {
      type: 'agreement_proposed',
      agreement: { version: 1, claimant: 'EPSP', amountYen: 40_000n, rationale: 'Minutes 1.' },
    });
    const found = happen(proposed, attributed('FI'));
    expect(currentDecision(found)).toBeUndefined();
    const second = decideIt(found);
    expect(canonicalJson(second.decisions[0])).toBe(first);
    expect(second.decisions).toHaveLength(2);
    expect(currentDecision(second)?.outcome).toMatchObject({
      kind: 'full',
      claimableYen: 100_000n,
    });
    expect(second.agreements).toEqual(proposed.agreements);
    expect(second.attributions.map(({ finding }) => finding)).toEqual(['UNCLEAR', 'FI']);
  });

  test('RKN-L3 a decision is current until something happens that it did not know of', () => {
    expect(currentDecision(unclear)?.outcome.kind).toBe('consultation');
    expect(currentDecision(happen(unclear, service))).toBeUndefined();
    expect(currentDecision(opened())).toBeUndefined();
  });

  test('RKN-L3 an attribution is recorded once and complete', () => {
    expect(tryEvent(unclear, attributed('FI', 'att-UNCLEAR'))).toBe(
      'named_twice attribution.id RKN-L3',
    );
    const alone = anAttribution('FI', { approvedBy: 'staff-1' });
    expect(tryEvent(unclear, { type: 'attributed', attribution: alone })).toContain(
      'second_person_required',
    );
  });
});

describe('RKN-L2b consultation within a case', () => {
  const consulting = happen(opened(), service, paid(), attributed('BOTH'));
  const { acceptedForEpspBy: _e, acceptedForFiBy: _f, ...first } = anAgreement('EPSP', 40_000n);
  const propose = (version: number): CaseEvent => ({
    type: 'agreement_proposed',
    agreement: { ...first, version },
  });
  const accept = (version: number, side: 'EPSP' | 'FI', person = `${side}-1`): CaseEvent => ({
    type: 'agreement_accepted',
    version,
    side,
    person,
  });

  test('RKN-L2b/b both accept and the amount is claimable; recourse received uses it up', () => {
    const agreed = happen(consulting, propose(1), accept(1, 'EPSP'), accept(1, 'FI'));
    expect(currentDecision(decideIt(agreed))?.outcome.claimableYen).toBe(40_000n);
    const received: CaseEvent = {
      type: 'recourse_received',
      id: 'r',
      by: 'EPSP',
      amountYen: 30_000n,
    };
    const rest = currentDecision(decideIt(happen(agreed, received)))?.outcome;
    expect(rest).toMatchObject({ claimableYen: 10_000n, recoveredYen: 30_000n });
  });

  test('RKN-L2b/c after a new version only that one can be accepted', () => {
    const amended = happen(consulting, propose(1), accept(1, 'EPSP'), propose(2));
    expect(tryEvent(amended, accept(1, 'FI'))).toBe('version_not_open version RKN-L2b');
    const agreed = happen(amended, accept(2, 'FI'));
    expect(currentDecision(decideIt(agreed))?.outcome.claimableYen).toBe(0n);
    expect(tryEvent(amended, propose(2))).toBe('version_taken version RKN-L2b');
    const signed: CaseEvent = {
      type: 'agreement_proposed',
      agreement: anAgreement('EPSP', 1n, { version: 3 }),
    };
    expect(tryEvent(amended, signed)).toBe('already_accepted agreement RKN-L2b');
  });
});

describe('RKN-L* a case and its book', () => {
  test('RKN-L* the second side cannot pay the same loss again', () => {
    const other: CaseEvent = { type: 'paid', payment: paidBy('FI', 1n) };
    expect(tryEvent(happen(opened(), paid()), other)).toBe('payment_exceeds_loss amountYen RKN-L*');
  });

  test('RKN-L* what the wrongdoer gave back narrows the claim', () => {
    const recovered: CaseEvent = {
      type: 'recovered',
      recovery: { id: 'w', forSide: 'EPSP', amountYen: 25_000n },
      order: 'payer_first',
    };
    const one = happen(opened(), service, paid(), attributed('FI'), recovered);
    expect(questionOfCase(one)).toMatchObject({
      recoveredFromWrongdoerYen: 25_000n,
      recoursedYen: 0n,
    });
    expect(currentDecision(decideIt(one))?.outcome.claimableYen).toBe(75_000n);
  });

  test('RKN-L4-0b the institution pays for a loss of the service on recorded grounds', () => {
    const epsp = { type: 'attributed', attribution: anAttribution('EPSP') } as const;
    const fiPaid: CaseEvent = { type: 'paid', payment: paidBy('FI') };
    const judged: CaseEvent = { type: 'unavoidable_judged', unavoidable };
    const one = decideIt(happen(opened(), service, judged, fiPaid, epsp));
    expect(currentDecision(one)?.outcome).toMatchObject({
      kind: 'full',
      gate: 'B',
      claimant: 'FI',
    });
  });

  test('RKN-L2a evidence attached meets the showing that was agreed on (INT-15)', () => {
    const one = happen(opened(), service, paid(), attributed('FI'));
    const strict = recourseTerms({ 'INT-15': 'B' });
    expect(refusal(decideCase(one, strict, at('2026-06-01')))).toContain('prima_facie_missing');
    const shown = happen(one, { type: 'showing_attached', evidence: ['ev'] });
    expect(decideCase(shown, strict, at('2026-06-01')).ok).toBe(true);
  });

  test('RKN-L3 replaying the events gives the same case, byte for byte', () => {
    const one = decideIt(
      happen(opened(), service, paid(), attributed('UNCLEAR'), attributed('FI')),
    );
    expect(canonicalJson(decided(replayCase(one.events)))).toBe(canonicalJson(one));
    expect(() => replayCase(one.events.slice(1))).toThrow('A case begins with its report.');
  });
});

describe('the document of a case', () => {
  const one = decideIt(
    happen(opened(), { type: 'cause_found', evidence: ['ev'] }, service, paid(), attributed('FI'), {
      type: 'recourse_received',
      id: 'r',
      by: 'EPSP',
      amountYen: 60_000n,
    }),
  );

  test('RKN-L2a every event is a sentence with its clause, in both languages and in order', () => {
    const lines = explainCase(one);
    expect(lines.map(({ clause, ja }) => `${clause} ${ja}`)).toEqual([
      'RKN-L1a 損害100,000円の申出を受け、原因を調べる。',
      'RKN-L1a 原因が判明した。',
      'RKN-L4-0a 損害の範囲は「サービス」と認定された。',
      'RKN-L1b 代行業者が利用者に100,000円を支払った。',
      'RKN-L3 責任の帰属が二人により認定された：専ら金融機関の責め。',
      'RKN-L* 代行業者が求償により60,000円を受けた。',
      'RKN-L2a 支払った側は相手方に40,000円まで求償できる。',
    ]);
    expect(lines.every(({ en }) => /^[A-Z0-9].*\.$/.test(en))).toBe(true);
    expect(lines.at(-1)?.recordedAt).toBe('2026-06-01T10:00:00.000+09:00');
  });

  test('SM-14.2e a decision that leaves something to people says so, with the clause', () => {
    const claim = aClaim({ holderFault: { value: 'intent', evidence: ['ev'] } });
    const decision = decided(decideCompensation(claim, someTerms()));
    const kept = happen(opened(), { type: 'decided', about: 'compensation', decision });
    const lines = explainCase(kept).slice(1);
    expect(lines[0]?.ja).toBe('条項に定めなし。拒絶ではなく、額は人が決める。');
    expect(lines[1]).toMatchObject({ clause: 'SM-14.2a' });
  });

  test.each([
    ['not_applicable', { holderIsIndividual: { value: 'no', evidence: [] } }, '第14条の対象でない'],
    ['not_claimable', { promptNotice: { value: 'no', evidence: [] } }, '条件を満たさない'],
    ['excluded', { graveDisorder: { value: 'yes', evidence: [] } }, 'SM-14.4-2'],
    ['full', {}, '100,000円'],
    ['undetermined', { falseStatement: { value: 'unknown', evidence: [] } }, '2とおり'],
  ] as const)('SM-14 the outcome %s is told in a sentence', (_kind, changes, words) => {
    const decision = decided(decideCompensation(aClaim(changes), someTerms()));
    expect(outcomeWords({ about: 'compensation', decision }).ja).toContain(words);
  });
});
