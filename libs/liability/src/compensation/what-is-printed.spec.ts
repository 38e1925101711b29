import { describe, expect, test } from '@jest/globals';
import type { TraceNode } from '#libs/contracts';
import { established, excluded, notEstablished } from '#libs/kernel';
import { aClaim, aTransfer, at, someTerms } from '../../test/a-claim.js';
import { decided } from '../../test/decided.js';
import type { CompensationClaim } from './claim.js';
import { decideCompensation } from './decide-compensation.js';

const decide = (changes: Partial<CompensationClaim> = {}, values = {}, letters = {}) =>
  decided(decideCompensation(aClaim(changes), someTerms(values, letters)));

/** The one node of a clause, with its facts by name. */
function printed(trace: readonly TraceNode[], clause: string) {
  const node = trace.find((one) => one.clause === clause);
  const facts = Object.fromEntries((node?.facts ?? []).map(({ name, value }) => [name, value]));
  return { effect: node?.effect, value: node?.value, reason: node?.reason, facts };
}

const hours = { weekly: {}, exceptions: [] };
const open = [{ from: '09:00', to: '15:00' }];
for (const day of ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']) {
  Object.assign(hours.weekly, { [day]: open });
}

describe('what each entry of the register asks a decision to print', () => {
  test('SM-14.3 start event, last day, notice date and the articles used (INT-01, INT-03)', () => {
    const usual = printed(decide().trace, 'SM-14.3');
    expect(usual.facts).toMatchObject({ theftDate: { status: 'not_clear' } });
    expect(String(usual.facts['firstMisuseDate'])).toBe('2026-03-20');
    expect(String(usual.value)).toBe('2028-03-20');
    expect(usual.reason?.ja).toContain('民法140条・143条');
    const moved = decide({}, { 'P.sm.desk.hours': hours }, { 'INT-01': 'B' });
    expect(printed(moved.trace, 'SM-14.3').reason?.ja).toContain('142条');
    expect(moved.parameters.map(({ id }) => id)).toContain('P.sm.desk.hours');
  });

  test('SM-14.2c each period with its evidence, and d (INT-02)', () => {
    const impediments = [
      {
        id: 'hospital',
        circumstance: 'hospital',
        from: '2026-03-20',
        to: '2026-03-29',
        proven: established('ev-doctor'),
      },
    ];
    const { trace } = decide({ impediments });
    const node = trace.find(({ clause }) => clause === 'SM-14.2c');
    expect(node).toMatchObject({
      effect: 'applies',
      value: 10,
      facts: [
        {
          name: 'impediments.hospital',
          value: { from: '2026-03-20', to: '2026-03-29', counts: 'yes' },
          evidence: ['ev-doctor'],
        },
      ],
    });
    const unproven = decide({ impediments: [{ ...impediments[0]!, proven: excluded('ev') }] });
    expect(printed(unproven.trace, 'SM-14.2c')).toMatchObject({ effect: 'not_met', value: 0 });
    const undecided = decide({ impediments: [{ ...impediments[0]!, proven: notEstablished }] });
    expect(printed(undecided.trace, 'SM-14.2c').effect).toBe('undetermined');
    expect(decide().trace.some(({ clause }) => clause === 'SM-14.2c')).toBe(false);
  });

  test('SM-14.4-1-0 the finding on the bank, and what would apply but for its fault (INT-04)', () => {
    const { trace } = decide({
      falseStatement: established('ev'),
      institutionFaultless: excluded('ev'),
    });
    expect(printed(trace, 'SM-14.4-1-0')).toMatchObject({
      effect: 'not_met',
      facts: { institutionGoodFaith: 'yes', institutionFaultless: 'no' },
    });
    expect(printed(trace, 'SM-14.4-1-3').effect).toBe('overridden');
    expect(printed(trace, 'SM-14.4-1-2').effect).toBe('not_met');
    const byReading = decide({ falseStatement: established('ev') }, {}, { 'INT-04': 'B' });
    expect(printed(byReading.trace, 'SM-14.4-1-0').effect).toBe('overridden');
    expect(printed(byReading.trace, 'SM-14.4-1-3').effect).toBe('applies');
  });

  test('SM-14.2e where no clause speaks: so it says, or which reading was taken (INT-05)', () => {
    const intent = { holderFault: { value: 'intent', evidence: ['ev'] } } as const;
    const said = (letter: string) =>
      printed(decide(intent, {}, { 'INT-05': letter }).trace, 'SM-14.2e');
    expect(said('A')).toMatchObject({ effect: 'not_met' });
    expect(said('A').reason?.ja).toMatch(/定めなし。$/);
    expect(said('B')).toMatchObject({ effect: 'reading' });
    expect(said('B').reason?.ja).toContain('裁量による');
    expect(said('C').reason?.ja).toContain('補てんしない');
    const gross = {
      holderFault: { value: 'gross', evidence: ['ev'] },
      institutionFaultless: excluded('ev'),
    } as const;
    expect(printed(decide(gross).trace, 'SM-14.2e').reason?.en).toContain('Gross negligence');
  });

  test('SM-14.2e bounds, amount, grounds and both people (INT-06)', () => {
    const { trace, duties } = decide({
      holderFault: { value: 'ordinary', evidence: ['ev'] },
      determination: {
        amountYen: 60_000n,
        grounds: 'One warning was missed.',
        decidedBy: 'staff-1',
        approvedBy: 'staff-2',
      },
    });
    const node = trace.findLast(({ clause }) => clause === 'SM-14.2e');
    expect(printed([node!], 'SM-14.2e')).toMatchObject({
      value: 60_000n,
      facts: {
        amountYen: 60_000n,
        grounds: 'One warning was missed.',
        enteredBy: 'staff-1',
        secondApprover: 'staff-2',
      },
    });
    expect(node?.reason.ja).toContain('0円以上99,999円以下');
    expect(duties[0]).toMatchObject({ who: 'institution', clause: 'SM-14.2e' });
  });

  test('SM-14.5a basis, what came back and the result (INT-07)', () => {
    const setOffs = [
      { id: 'a', kind: 'refund', amountYen: 30_000n },
      { id: 'b', kind: 'unjust_enrichment', amountYen: 20_000n },
    ] as const;
    const { trace, outcome } = decide({ setOffs });
    expect(outcome.returned).toEqual({ refundsYen: 30_000n, fromWrongdoerYen: 20_000n });
    expect(printed(trace, 'SM-14.5a')).toMatchObject({
      effect: 'applies',
      value: 50_000n,
      facts: { repaidYen: 30_000n },
    });
    expect(printed(trace, 'SM-14.5b')).toMatchObject({ facts: { recoveredYen: 20_000n } });
    expect(printed(trace, 'SM-14.5a').reason?.ja).toContain('補てん額から');
    const other = decide({ setOffs }, {}, { 'INT-07': 'B' });
    expect(printed(other.trace, 'SM-14.5a').reason?.ja).toContain('補てん対象額から');
    expect(decide().trace.some(({ clause }) => /^SM-14\.5/.test(clause))).toBe(false);
  });

  test('SM-20 the day that selected the version, and the reading (INT-16)', () => {
    const day = (letter: string) =>
      String(printed(decide({}, {}, { 'INT-16': letter }).trace, 'SM-20').value);
    expect([day('A'), day('B'), day('C')]).toEqual(['2026-03-20', '2026-03-31', '2026-04-15']);
  });

  test('SM-20 a parameter that began after the event does not govern it, but for that reading', () => {
    const terms = someTerms();
    const late = { ...terms, parameters: someTerms({}, {}, '2026-03-25').parameters };
    expect(decideCompensation(aClaim(), late)).toMatchObject({
      refusal: { code: 'parameter_unset' },
    });
    const byNotice = { ...late, readings: someTerms({}, { 'INT-16': 'B' }).readings };
    expect(decideCompensation(aClaim(), byNotice).ok).toBe(true);
  });

  test('SM-13.1a the warning of consumer law, where article 14 is not open (INT-18)', () => {
    const { trace } = decide({ holderIsIndividual: excluded('ev-register') });
    expect(printed(trace, 'SM-13.1a')).toMatchObject({ effect: 'reading' });
    expect(printed(trace, 'SM-13.1a').reason?.ja).toContain('消費者契約法8条');
    expect(decide().trace.some(({ clause }) => clause === 'SM-13.1a')).toBe(false);
  });

  test('SM-14.2d how many transfers are covered, and their sum (INT-19)', () => {
    const transfers = [
      aTransfer('in', at('2026-03-20'), 10n),
      aTransfer('out', at('2026-02-01'), 5n),
    ];
    expect(printed(decide({ transfers }).trace, 'SM-14.2d')).toMatchObject({
      value: 10n,
      facts: { wrongfulTransfers: '1/2' },
    });
  });

  test('SM-14.1-3 which item met the condition, with its evidence (INT-20)', () => {
    const { trace } = decide({
      policeReport: notEstablished,
      otherTheftEvidence: established('ev-malware'),
    });
    const node = trace.find(({ clause }) => clause === 'SM-14.1-3');
    expect(node?.facts.map(({ name, evidence }) => [name, ...evidence])).toEqual([
      ['otherTheftEvidence', 'ev-malware'],
      ['cooperation', 'ev-interview'],
    ]);
  });

  test('SM-14.1-1 the time between noticing and notice, for the person who judges (INT-26)', () => {
    const { trace } = decide({ noticedAt: at('2026-03-30', '08:30') });
    const node = printed(trace, 'SM-14.1-1');
    expect(node.facts).toMatchObject({
      noticedAt: at('2026-03-30', '08:30'),
      notifiedAt: at('2026-03-31'),
    });
    expect(node.reason?.ja).toContain('25時間後');
    expect(printed(decide().trace, 'SM-14.1-1').facts).not.toHaveProperty('noticedAt');
  });
});

describe('what is left to people', () => {
  const claim = { relation: { value: 'unknown', evidence: [] } } as const;

  test('SM-14.1* missing facts: who must establish them, and what they would decide', () => {
    const { human, duties, unknown } = decide(claim);
    expect(unknown).toEqual(['relation']);
    expect(human?.clause).toBe('SM-14.1*');
    expect(duties[0]).toMatchObject({ who: 'institution', clause: 'SM-14.1*' });
    expect(duties[0]?.what.en).toContain('relation');
  });

  test('SM-14.2a nothing is left where the award is settled, but to pay and to record', () => {
    const { human, duties } = decide();
    expect(human).toBeUndefined();
    expect(duties.map(({ clause }) => clause)).toEqual(['SM-14.2a', 'SM-14.7']);
    expect(duties[0]?.what.ja).toBe('契約者に100,000円を支払う。');
  });

  test('SM-14.2a where nothing is payable there is nothing to pay', () => {
    const setOffs = [{ id: 's', kind: 'refund', amountYen: 100_000n } as const];
    expect(decide({ setOffs }).duties).toEqual([]);
  });

  test('SM-14.2e an amount at discretion names its bounds in the duty', () => {
    const { duties } = decide({ holderFault: { value: 'ordinary', evidence: ['ev'] } });
    expect(duties).toHaveLength(1);
    expect(duties[0]).toMatchObject({ clause: 'SM-14.2e' });
    expect(duties[0]?.what.ja).toContain('0円以上99,999円以下');
  });
});
