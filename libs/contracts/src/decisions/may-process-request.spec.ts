import { canonicalJson, CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { ParameterBook } from '../parameter.js';
import { smSampleBook } from '../samples/sample-book.js';
import {
  decideProcessing,
  mayProcessRequest,
  type ProcessingFacts,
} from './may-process-request.js';

const asOf = CivilDate.from('2026-11-24');
const facts: ProcessingFacts = {
  transferKind: 'furikomi',
  transferAmount: 10_000n,
  feeYen: 330n,
  debitClosed: false,
  paymentStops: [],
  serviceStopped: true,
  funds: { balance: 5n, holds: 0n, overdraftLimit: 0n },
};

describe('the decision on processing', () => {
  test('SM-3.4-1-4 every ground is traced, the first one decides, and the display remains a duty', () => {
    const answer = decideProcessing(facts, smSampleBook('2825'), asOf);
    if (!answer.ok) throw new Error(answer.refusal.code);
    const decision = answer.value;
    expect(decision.outcome).toBe('service_stopped');
    expect(decision.trace.map(({ clause, effect }) => `${clause} ${effect}`)).toEqual([
      'SM-3.4-1-1 not_met',
      'SM-3.4-1-3 not_met',
      'SM-3.4-1-4 applies',
      'SM-3.4-1-2a applies',
    ]);
    expect(decision.parameters).toMatchObject([{ id: 'P.sm.overdraft.usable', isSample: true }]);
    expect(decision.duties).toMatchObject([{ who: 'institution', clause: 'SM-3.4-2' }]);
    expect(decision.trace[3]?.facts.map(({ name }) => name)).toContain('funds');
  });

  test('SM-3.4-1-2a the same inputs give the same bytes; another yen gives another hash', () => {
    const decide = (amount: bigint) => {
      const answer = decideProcessing(
        { ...facts, transferAmount: amount },
        smSampleBook('2825'),
        asOf,
      );
      return answer.ok ? answer.value : undefined;
    };
    expect(canonicalJson(decide(1n))).toBe(canonicalJson(decide(1n)));
    expect(decide(1n)?.inputHash).not.toBe(decide(2n)?.inputHash);
    expect(decide(1n)?.inputHash).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('SM-3.4-1-2a without the parameter the decision is refused, naming the clause', () => {
    expect(decideProcessing(facts, new ParameterBook('2825', []), asOf)).toMatchObject({
      refusal: { code: 'parameter_unset', clause: 'SM-3.4-1-2a' },
    });
  });

  test('SM-5.3-5 the decision takes no limit: it cannot be judged again', () => {
    const fine = { ...facts, serviceStopped: false, funds: { ...facts.funds, balance: 10_330n } };
    expect(mayProcessRequest(fine, { usable: false, lendingLimit: 0n })).toEqual({
      ok: true,
      value: 10_330n,
    });
    const answer = decideProcessing(fine, smSampleBook('2825'), asOf);
    expect(answer).toMatchObject({ ok: true, value: { outcome: 'process', duties: [] } });
  });
});
