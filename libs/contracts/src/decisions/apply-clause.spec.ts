import { canonicalJson, CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { ParameterBook } from '../parameter.js';
import { ReadingBook } from '../readings.js';
import { smSampleBook } from '../samples/sample-book.js';
import { article05 } from '../sm-terms/article-05-transfers.js';
import { article14 } from '../sm-terms/article-14-misuse-of-stolen-passwords.js';
import { applyClause, type DecisionGrounds } from './apply-clause.js';
import { decideLimit } from './decide-limit.js';

const asOf = CivilDate.from('2026-11-24');
const grounds: DecisionGrounds = {
  parameters: smSampleBook('2825'),
  readings: new ReadingBook('2825', [
    {
      entry: 'INT-02',
      reading: 'B',
      institution: '2825',
      version: 1,
      effectiveFrom: CivilDate.from('2026-10-01'),
      chosenBy: 'Sato',
      approvedBy: 'Ito',
      status: 'proposed',
    },
  ]),
  asOf,
};

describe('one clause as a decision', () => {
  test('SM-14.2b prints clause, fact with evidence, value, readings and an input hash', () => {
    const answer = applyClause(
      article14.clause('SM-14.2b'),
      { noticeDate: CivilDate.from('2026-03-31') },
      grounds,
      { noticeDate: ['evt_1'] },
    );
    if (!answer.ok) throw new Error(answer.refusal.code);
    const { trace, readings, outcome, inputHash, unknown } = answer.value;
    expect(String(outcome)).toBe('2026-03-01');
    expect(trace).toHaveLength(1);
    expect(trace[0]).toMatchObject({
      clause: 'SM-14.2b',
      effect: 'applies',
      facts: [{ name: 'noticeDate', evidence: ['evt_1'] }],
    });
    expect(readings).toMatchObject([
      { entry: 'INT-02', reading: 'B', approvers: ['Sato', 'Ito'] },
      { entry: 'INT-26', reading: 'A', version: 0 },
    ]);
    expect(inputHash).toMatch(/^sha256:/);
    expect(unknown).toEqual([]);
  });

  test('SM-14.4-1-0 names the facts that are not established and would decide', () => {
    const answer = applyClause(
      article14.clause('SM-14.4-1-0'),
      { institutionGoodFaith: 'yes', institutionFaultless: 'unknown', anyOfThree: 'yes' },
      grounds,
    );
    expect(answer).toMatchObject({
      value: { outcome: 'unknown', unknown: ['institutionFaultless'] },
    });
    const settled = applyClause(
      article14.clause('SM-14.4-1-0'),
      { institutionGoodFaith: 'no', institutionFaultless: 'unknown', anyOfThree: 'yes' },
      grounds,
    );
    expect(settled).toMatchObject({ value: { outcome: 'no', unknown: [] } });
  });

  test('SM-14.2c refuses without its parameter, and prints it where it stands', () => {
    const facts = { noticeDate: asOf, provenImpediments: [] };
    const clause = article14.clause('SM-14.2c');
    const bare = { ...grounds, parameters: new ParameterBook('2825', []) };
    expect(applyClause(clause, facts, bare)).toMatchObject({
      refusal: { code: 'parameter_unset', clause: 'SM-14.2c' },
    });
    expect(applyClause(clause, facts, grounds)).toMatchObject({
      value: { parameters: [{ id: 'P.sm.impediment.endDays', value: 'both' }] },
    });
  });

  const limitFacts = {
    holderLimit: 3_000_000n,
    otpActive: false,
    limitUse: { requestDate: 0n, designatedDate: 400_000n },
    transferAmount: 200_000n,
    feeYen: 220n,
  };
  test('SM-5.3-1b a refused limit shows the limit, both bases and both parameters', () => {
    const answer = decideLimit(limitFacts, grounds);
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value.outcome).toEqual({
      answer: 'limit_exceeded',
      limit: 500_000n,
      charge: 200_000n,
      exceeded: ['designated_date'],
      left: { request_date: 500_000n, designated_date: 100_000n },
    });
    expect(answer.value.trace.map(({ clause }) => clause)).toEqual(['SM-5.3-1a', 'SM-5.3-1b']);
    expect(answer.value.parameters.map(({ id }) => id)).toEqual([
      'P.sm.limit.cap',
      'P.sm.limit.includesFee',
    ]);
    expect(canonicalJson(answer.value)).toContain('"limit":"500000"');
  });

  test('SM-5.3-1b an accepted one says so; a missing parameter stops either step', () => {
    const fine = decideLimit({ ...limitFacts, transferAmount: 100_000n }, grounds);
    expect(fine).toMatchObject({ value: { outcome: { answer: 'accepted', exceeded: [] } } });
    const none = { ...grounds, parameters: new ParameterBook('2825', []) };
    expect(decideLimit(limitFacts, none)).toMatchObject({ refusal: { clause: 'SM-5.3-1a' } });
    const entry = {
      parameter: 'P.sm.limit.cap' as const,
      institution: '2825',
      value: { withOtp: '1', withoutOtp: '1' },
      version: 1,
      effectiveFrom: asOf,
      enteredBy: 'Sato',
      approvedBy: 'Ito',
    };
    const half = { ...grounds, parameters: new ParameterBook('2825', [entry]) };
    expect(decideLimit(limitFacts, half)).toMatchObject({
      refusal: { facts: { parameter: 'P.sm.limit.includesFee' } },
    });
  });

  test('SM-5.4-1 prints the two readings that a reservation rests on', () => {
    const answer = applyClause(
      article05.clause('SM-5.4-1'),
      {
        requestState: 'reserved',
        designatedDate: asOf,
        now: asOf.at('07:00'),
        runWasMissed: false,
        interbankCloseAt: asOf.at('15:30'),
      },
      grounds,
    );
    expect(answer).toMatchObject({
      value: { outcome: 'process', readings: [{ entry: 'INT-21' }, { entry: 'INT-23' }] },
    });
  });
});
