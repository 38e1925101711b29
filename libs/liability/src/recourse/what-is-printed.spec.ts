import { describe, expect, test } from '@jest/globals';
import type { TraceNode } from '#libs/contracts';
import { established, excluded, notEstablished } from '#libs/kernel';
import { at } from '../../test/a-claim.js';
import {
  anAgreement,
  anAttribution,
  aQuestion,
  paidBy,
  recourseTerms,
  unavoidable,
} from '../../test/a-question.js';
import { decided } from '../../test/decided.js';
import { isAccepted, latestAgreement } from './agreement.js';
import { decideRecourse } from './decide-recourse.js';
import type { RecourseQuestion } from './question.js';

const decide = (changes: Partial<RecourseQuestion>, letters = {}) =>
  decided(decideRecourse(aQuestion(changes), recourseTerms(letters)));

/** The node of a clause, its facts by name. */
function printed(trace: readonly TraceNode[], clause: string) {
  const node = trace.find((one) => one.clause === clause);
  const facts = Object.fromEntries((node?.facts ?? []).map(({ name, value }) => [name, value]));
  return { ...node, facts };
}

const soleFi = { attribution: anAttribution('FI') };
const soleEpsp = { attribution: anAttribution('EPSP') };
const unknownScope = { value: 'unknown', evidence: [] } as const;
const yes = established('ev');

describe('the steps of a recourse decision', () => {
  test('RKN-L3 an attribution that is missing is said to be missing', () => {
    const node = decide({}).trace[0];
    expect(node).toMatchObject({ clause: 'RKN-L3', effect: 'applies', value: 'UNCLEAR' });
    expect(node?.facts[0]).toMatchObject({ value: 'not_recorded', evidence: [] });
    expect(node?.reason.ja).toContain('認定されておらず');
    expect(decide(soleFi).trace[0]?.reason.ja).toContain('専ら金融機関の責め');
  });

  test('RKN-D2 the chain partner, the finding and its authors (INT-14)', () => {
    const found = anAttribution('CHAIN_PARTNER', { chainPartner: 'cp_1' });
    expect(decide({ attribution: found }).trace[0]).toMatchObject({
      clause: 'RKN-D2',
      effect: 'reading',
      facts: [
        { value: { finding: 'CHAIN_PARTNER', people: 'staff-1, staff-2', chainPartner: 'cp_1' } },
      ],
    });
  });

  test.each([
    ['NONE', 'RKN-L1b', 'not_met', 'まだ支払われていない', []],
    ['EPSP', 'RKN-L1b', 'applies', '代行業者が利用者に支払った', [paidBy('EPSP')]],
    ['FI', 'RKN-L4-0a', 'applies', '金融機関が利用者に支払った', [paidBy('FI')]],
    ['BOTH', 'RKN-L1b', 'applies', '双方が', [paidBy('EPSP', 1n), paidBy('FI', 1n)]],
  ] as const)('RKN-L1b who has paid: %s', (payer, clause, effect, words, payments) => {
    const { trace, outcome } = decide({ payments, scope: { value: 'linkage', evidence: ['ev'] } });
    expect(outcome.payer).toBe(payer);
    expect(trace[1]).toMatchObject({ clause, effect, value: payer });
    expect(trace[1]?.reason.ja).toContain(words);
    expect(trace[1]?.facts).toHaveLength(payments.length);
  });

  test('RKN-L1b each payment with its amount and time', () => {
    expect(decide({}).trace[1]?.facts[0]).toEqual({
      name: 'payments.pay-EPSP',
      value: { by: 'EPSP', amountYen: 100_000n, paidAt: '2026-04-20T10:00:00.000+09:00' },
      evidence: [],
    });
  });

  test.each([
    ['no', 'no', 'not_met', '免責はなく'],
    ['unknown', 'no', 'undetermined', '免責の有無'],
    ['yes', 'no', 'applies', '支払は不要であった'],
    ['yes', 'yes', 'overridden', '免責だけでは足りない'],
    ['yes', 'unknown', 'undetermined', '支払は不要であった'],
  ] as const)('RKN-L1c exempt %s, fraud %s: %s', (exempt, fraud, effect, words) => {
    const finding = (value: 'yes' | 'no' | 'unknown') => ({ value, evidence: ['ev'] });
    const { trace } = decide({ ...soleFi, exempt: finding(exempt), fraud: finding(fraud) });
    const node = printed(trace, 'RKN-L1c');
    expect(node).toMatchObject({ effect, facts: { scope: 'service', exempt, fraud } });
    expect(node.reason?.ja).toContain(words);
    expect(node.overriddenBy).toEqual(effect === 'overridden' ? ['RKN-L1d'] : undefined);
  });

  test('RKN-L1c is asked of the intermediary alone, the gates of the institution alone', () => {
    const clausesOf = (changes: Partial<RecourseQuestion>) =>
      decide(changes).trace.map(({ clause }) => clause);
    expect(clausesOf(soleFi)).toEqual(['RKN-L3', 'RKN-L1b', 'RKN-L1c', 'RKN-L2a']);
    const fiPaid = { ...soleEpsp, payments: [paidBy('FI')] };
    expect(clausesOf({ ...fiPaid, scope: { value: 'function', evidence: ['ev'] } })).toEqual([
      'RKN-L3',
      'RKN-L4-0a',
      'RKN-L4-0a',
      'RKN-L4-1',
    ]);
    expect(clausesOf({ ...fiPaid, unavoidable })).toEqual([
      'RKN-L3',
      'RKN-L4-0a',
      'RKN-L4-0a',
      'RKN-L4-0b',
      'RKN-L4-1',
    ]);
  });

  test.each([
    ['function', unavoidable, 'applies', undefined],
    ['service', unavoidable, 'not_met', 'applies'],
    ['service', excluded('ev'), 'not_met', 'not_met'],
    ['service', notEstablished, 'not_met', 'undetermined'],
    ['unknown', excluded('ev'), 'undetermined', 'not_met'],
  ] as const)('RKN-L4-0a scope %s: gate A and gate B', (value, judged, gateA, gateB) => {
    const scope = { value, evidence: ['ev'] };
    const { trace } = decide({ ...soleEpsp, payments: [paidBy('FI')], scope, unavoidable: judged });
    const [, , a, b] = trace;
    expect(a).toMatchObject({
      clause: 'RKN-L4-0a',
      effect: gateA,
      facts: [{ name: 'scope', value }],
    });
    expect(a?.reason.ja).toContain(gateA === 'applies' ? '損害である' : '認められていない');
    if (gateB) expect(b).toMatchObject({ clause: 'RKN-L4-0b', effect: gateB });
    else expect(b?.clause).not.toBe('RKN-L4-0b');
  });

  test('RKN-L4-0b grounds, approver and both times are kept; recorded in time there is no warning', () => {
    const { trace } = decide({ ...soleEpsp, payments: [paidBy('FI')], unavoidable });
    const node = printed(trace, 'RKN-L4-0b');
    expect(node.facts).toEqual({
      unavoidable: {
        found: 'yes',
        grounds: unavoidable.grounds,
        approvedBy: 'staff-2',
        recordedAt: '2026-04-19T10:00:00.000+09:00',
        paidAt: '2026-04-20T10:00:00.000+09:00',
      },
    });
    expect(node.value).toBeUndefined();
    const onTime = { ...unavoidable, recordedAt: at('2026-04-20') };
    const same = decide({ ...soleEpsp, payments: [paidBy('FI')], unavoidable: onTime });
    expect(printed(same.trace, 'RKN-L4-0b').value).toBeUndefined();
    const none = decide({ ...soleEpsp, payments: [paidBy('FI')] });
    expect(printed(none.trace, 'RKN-L4-0b').facts['unavoidable']).toMatchObject({ recordedAt: '' });
  });

  test('RKN-L2a what was paid, what came back, and what is left (INT-08)', () => {
    const { trace, outcome } = decide({
      ...soleFi,
      recoveredFromWrongdoerYen: 30_000n,
      recoursedYen: 20_000n,
      primaFacie: ['ev-log'],
    });
    expect(printed(trace, 'RKN-L2a')).toMatchObject({
      effect: 'applies',
      value: 50_000n,
      facts: { paidYen: 100_000n, recoveredYen: 50_000n, primaFacie: true },
    });
    expect(trace.at(-1)?.reason.ja).toContain('代行業者は支払った額のうち50,000円を求償できる');
    expect(outcome).toMatchObject({ paidYen: 100_000n, recoveredYen: 50_000n, roomYen: 50_000n });
    const fi = decide({ ...soleEpsp, payments: [paidBy('FI')], unavoidable });
    expect(fi.trace.at(-1)?.reason.ja).toContain('金融機関は支払った額のうち100,000円');
  });

  const outside = { value: 'function', evidence: ['ev'] } as const;
  test.each<[string, Partial<RecourseQuestion>, string, string, string]>([
    ['agreed', { attribution: anAttribution('BOTH') }, 'RKN-L2b', 'undetermined', '誠実に協議'],
    ['consultation', {}, 'RKN-L3', 'undetermined', '誠実に協議'],
    ['own', soleEpsp, 'RKN-L2a', 'not_met', '支払った側の責め'],
    ['nothing_yet', { payments: [] }, 'RKN-L1b', 'not_met', 'まだ生じていない'],
    ['undetermined', { scope: unknownScope }, 'RKN-L*', 'undetermined', '確認されていない'],
    ['without_clause', { scope: outside }, 'RKN-L*', 'not_met', 'サービス以外の損害'],
    ['without_clause', { exempt: yes }, 'RKN-L*', 'not_met', '免責があるのに'],
    [
      'without_clause',
      { payments: [paidBy('FI')] },
      'RKN-L*',
      'not_met',
      'やむを得ないとの判断の記録がなく',
    ],
  ])('RKN-L %s: the last step says which way', (kind, changes, clause, effect, words) => {
    const { trace, outcome } = decide(changes);
    expect(outcome.kind).toBe(kind);
    expect(trace.at(-1)).toMatchObject({ clause, effect, value: 0n });
    expect(trace.at(-1)?.reason.ja).toContain(words);
  });

  test('RKN-L2b an accepted agreement applies, with its amount', () => {
    const agreed = {
      attribution: anAttribution('BOTH'),
      agreements: [anAgreement('EPSP', 40_000n)],
    };
    const { trace, human, duties } = decide(agreed);
    expect(trace.at(-1)).toMatchObject({ clause: 'RKN-L2b', effect: 'applies', value: 40_000n });
    expect(trace.at(-1)?.reason.ja).toContain('40,000円');
    expect([human, duties]).toEqual([undefined, []]);
  });

  test('RKN-L2a two cases, where that reading was taken (INT-10)', () => {
    const payments = [paidBy('EPSP', 1n), paidBy('FI', 1n)];
    const { trace, human } = decide({ payments }, { 'INT-10': 'B' });
    expect(trace.at(-1)).toMatchObject({ clause: 'RKN-L2a', effect: 'reading' });
    expect(human?.bounds).toEqual([0n, 2n]);
  });
});

describe('what is left to the sides', () => {
  test('RKN-L1b before payment the user is compensated without waiting, for the service alone', () => {
    expect(decide({ payments: [] }).duties).toMatchObject([{ who: 'epsp', clause: 'RKN-L1b' }]);
    const outside = { value: 'function', evidence: ['ev'] } as const;
    expect(decide({ payments: [], scope: outside }).duties).toEqual([]);
    expect(decide({ payments: [] }).human).toBeUndefined();
  });

  test('RKN-L3 facts that are missing are for both to establish', () => {
    const { duties, human, unknown, outcome } = decide({ ...soleFi, scope: unknownScope });
    expect(unknown).toEqual(['scope']);
    expect(outcome.couldBe).toEqual(['full', 'without_clause']);
    expect(duties).toMatchObject([{ who: 'both', clause: 'RKN-L3' }]);
    expect(duties[0]?.what.en).toContain('scope');
    expect(human?.bounds).toEqual([0n, 100_000n]);
  });

  test('RKN-L3 consultation is for both, within what is left of the payment', () => {
    const { duties, human } = decide({ recoveredFromWrongdoerYen: 40_000n });
    expect(duties).toMatchObject([{ who: 'both', clause: 'RKN-L3' }]);
    expect(human).toMatchObject({ clause: 'RKN-L3', bounds: [0n, 60_000n] });
    expect(human?.why.ja).toContain('協議と合意');
  });

  test('RKN-L2a without a clause the person is told so, and no clause is made up', () => {
    const { human, duties } = decide({ scope: { value: 'linkage', evidence: ['ev'] } });
    expect(human?.clause).toBeUndefined();
    expect(human?.why.ja).toContain('定めなし');
    expect(duties).toMatchObject([{ who: 'both', clause: 'RKN-L3' }]);
  });

  test('RKN-L2a what is settled leaves nothing', () => {
    for (const changes of [soleFi, soleEpsp]) {
      expect(decide(changes)).toMatchObject({ duties: [], unknown: [] });
      expect(decide(changes).human).toBeUndefined();
    }
  });

  test('RKN-L2a the parameter of the showing is printed where it was read (INT-15)', () => {
    const shown = { ...soleFi, primaFacie: ['ev-log'] };
    expect(decide(shown).parameters).toEqual([]);
    const used = decide(shown, { 'INT-15': 'B' }).parameters;
    expect(used.map(({ id, value }) => [id, value])).toEqual([['P.rkn.recourse.primaFacie', true]]);
  });
});

describe('agreements', () => {
  test('RKN-L2b/a a blank name accepts nothing', () => {
    expect(isAccepted(anAgreement('EPSP', 1n))).toBe(true);
    expect(isAccepted(anAgreement('EPSP', 1n, { acceptedForEpspBy: ' ' }))).toBe(false);
    expect(isAccepted(anAgreement('EPSP', 1n, { acceptedForFiBy: ' ' }))).toBe(false);
  });

  test('RKN-L2b/c the highest version is the latest, wherever it stands', () => {
    const versions = [2, 3, 1].map((version) => anAgreement('EPSP', 1n, { version }));
    expect(latestAgreement(versions)?.version).toBe(3);
    expect(versions.map(({ version }) => version)).toEqual([2, 3, 1]);
    expect(latestAgreement([])).toBeUndefined();
  });
});
