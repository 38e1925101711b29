import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { article, clauseOn, enforce, record, type Contract } from './clause.js';
import { wholeNumber } from './constraint.js';
import { demand, factWords } from './demand.js';
import { parameter } from './parameter.js';

const delay = parameter('P.sm.test.delay', ['SM-6b'], 'hours', wholeNumber(0, 48), {
  ja: '遅れ',
  en: 'delay',
});
const part = article('SM-14', { ja: '補てん', en: 'Compensation' }, [
  enforce('SM-14.2b', {
    key: '30日',
    ja: '30日さかのぼる。',
    en: 'Back 30 days.',
    kind: 'rule',
    bearer: 'institution',
    until: '2026-12-31',
    figures: { lookBackDays: 30 },
    needs: ['noticeDate'],
    rule: ({ noticeDate }, { lookBackDays }) => noticeDate.minusDays(lookBackDays),
  }),
  enforce('SM-14.2b', {
    key: '40日',
    ja: '40日さかのぼる。',
    en: 'Back 40 days.',
    kind: 'rule',
    bearer: 'institution',
    from: '2027-01-01',
    figures: { lookBackDays: 40 },
    parameters: { delay },
    needs: ['noticeDate'],
    rule: ({ noticeDate }, f, p) => noticeDate.minusDays(f.lookBackDays + p.delay),
  }),
  record('SM-14.2e', {
    key: '一部',
    ja: '一部を負担できる。',
    en: 'May compensate in part.',
    kind: 'power',
    bearer: 'institution',
    asks: ['grounds', 'evidence', 'secondApprover'],
  }),
]);
const terms: Contract = {
  source: 'SM',
  name: { ja: '規定', en: 'Terms' },
  edition: 'R4.7',
  effectiveFrom: CivilDate.from('2022-07-01'),
  articles: [part],
};

describe('clauses', () => {
  test('a clause is found with its types, and applies with its own figures', () => {
    const noticeDate = CivilDate.from('2026-03-31');
    const first = part.clauses[0].apply({ noticeDate });
    expect(String(first)).toBe('2026-03-01');
    expect(String(part.clauses[1].apply({ noticeDate }, { delay: 2 }))).toBe('2026-02-17');
    expect(part.clause('SM-14.2e').asks).toContain('grounds');
  });

  test('an amendment stands beside the old entry and begins on its day', () => {
    const on = (day: string) => clauseOn(terms, 'SM-14.2b', CivilDate.from(day))?.key;
    expect([on('2022-06-30'), on('2022-07-01'), on('2026-12-31'), on('2027-01-01')]).toEqual([
      undefined,
      '30日',
      '30日',
      '40日',
    ]);
  });

  test('a person must supply all that a recorded clause asks', () => {
    const clause = part.clause('SM-14.2e');
    expect(demand(clause, { grounds: ' ', evidence: [] })).toEqual({
      ok: false,
      refusal: {
        code: 'record_incomplete',
        clause: 'SM-14.2e',
        facts: { missing: ['grounds', 'evidence', 'secondApprover'] },
      },
    });
    const given = { grounds: '事情', evidence: ['evt_1'], secondApprover: 'Ito', enteredBy: 'Ito' };
    expect(demand(clause, given)).toMatchObject({ refusal: { code: 'second_person_required' } });
    expect(demand(clause, { ...given, enteredBy: 'Sato' })).toMatchObject({ ok: true });
    expect(demand(clause, { ...given, evidence: ['evt_1', ' '] })).toEqual({
      ok: false,
      refusal: {
        code: 'fact_malformed',
        clause: 'SM-14.2e',
        facts: { malformed: ['evidence'] },
      },
    });
  });

  test('yen below zero, half a count and no instant are malformed; a clause without approver asks none', () => {
    const asks = ['amountYen', 'mailPasswordUses', 'decidedAt'] as const;
    const clause = { id: 'SM-14.2e', asks } as const;
    const given = { amountYen: 0n, mailPasswordUses: 0, decidedAt: 0 };
    expect(demand(clause, given)).toEqual({ ok: true, value: given });
    const broken = [
      { amountYen: -1n },
      { mailPasswordUses: 0.5 },
      { mailPasswordUses: -1 },
      { decidedAt: Number.NaN },
    ].map((change) => demand(clause, { ...given, ...change }));
    expect(broken.map((answer) => (answer.ok ? [] : answer.refusal.facts?.['malformed']))).toEqual([
      ['amountYen'],
      ['mailPasswordUses'],
      ['mailPasswordUses'],
      ['decidedAt'],
    ]);
    expect(factWords(['amountYen', 'decidedAt'], 'en')).toBe('amount, when it was decided');
    expect(factWords(['amountYen', 'decidedAt'], 'ja')).toBe('金額、判断した時');
  });
});
