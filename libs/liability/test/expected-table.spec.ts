import { describe, expect, test } from '@jest/globals';
import { combinations, countByOutcome, readTable, rowFor, rowsFor } from './expected-table.js';

const article14 = readTable('article-14');
const recourse = readTable('recourse');

describe.each([
  { name: 'SM-14', table: article14, size: 2_048 },
  { name: 'RKN-L', table: recourse, size: 480 },
])('the hand-written table of $name', ({ name, table, size }) => {
  const all = combinations(table.questions);

  test(`${name} covers its ${size} combinations exactly once`, () => {
    expect(all).toHaveLength(size);
    expect(all.filter((one) => rowsFor(table, one).length !== 1)).toEqual([]);
  });

  test(`${name} has no row that covers nothing and none that asks something unknown`, () => {
    const used = new Set(all.map((one) => rowFor(table, one)));
    expect(table.rows.filter((row) => !used.has(row))).toEqual([]);
    for (const row of table.rows) {
      for (const [question, wanted] of Object.entries({ ...row.when, ...row.and })) {
        expect(table.questions[question]).toEqual(expect.arrayContaining([wanted].flat()));
      }
    }
  });

  test(`${name} names a clause in every row, or says that there is none`, () => {
    const gaps = table.rows.filter((row) => row.clause === 'none').map((row) => row.outcome);
    expect(new Set(gaps)).toEqual(new Set([name === 'SM-14' ? 'no_rule' : 'without_clause']));
    for (const row of table.rows) expect(row.clause).toMatch(/^(none|(SM|RKN)-[\dL][\w.-]*)$/);
  });
});

describe('class counts of the register', () => {
  test('SM-14 1,024 + 896 + 64 + 45 + 5 + 5 + 9 = 2,048', () => {
    expect(countByOutcome(article14, combinations(article14.questions))).toEqual(article14.classes);
    expect(article14.classes).toEqual({
      not_applicable: 1_024,
      not_claimable: 896,
      barred: 64,
      excluded: 45,
      full: 5,
      discretionary: 5,
      no_rule: 9,
    });
  });

  test('SM-14.4 excludes 19 of the 45 on more than one ground', () => {
    const doubly = combinations(article14.questions).filter(
      (one) => (rowFor(article14, one).grounds ?? []).length > 1,
    );
    expect(doubly).toHaveLength(19);
    expect(article14.excludedByMoreThanOneGround).toBe(19);
  });

  test('RKN-L 7 + 7 + 14 + 7 + 30 + 55 = 120 without the two flags', () => {
    const plain = combinations({ ...recourse.questions, exempt: ['no'], fraud: ['no'] });
    expect(plain).toHaveLength(120);
    expect(countByOutcome(recourse, plain)).toEqual(recourse.classes);
    expect(recourse.classes).toEqual({
      full: 7,
      agreed: 7,
      consultation: 14,
      own: 7,
      nothing_yet: 30,
      without_clause: 55,
    });
  });

  test('RKN-L the 55 without a clause are 20 + 5 + 30 (INT-10, INT-09, INT-10)', () => {
    const plain = combinations({ ...recourse.questions, exempt: ['no'], fraud: ['no'] });
    const why: Record<string, number> = {};
    for (const row of plain.map((one) => rowFor(recourse, one))) {
      if (row.why) why[row.why] = (why[row.why] ?? 0) + 1;
    }
    expect(why).toEqual({ epsp_paid_outside_service: 20, gate_not_met: 5, both_paid: 30 });
  });

  test('RKN-L with the two flags the 480 have the counts written beside them', () => {
    expect(countByOutcome(recourse, combinations(recourse.questions))).toEqual(
      recourse.classesWithFlags,
    );
  });
});
