import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { clauseOn, clausesOf, type Contract } from '../clause.js';
import { ParameterBook, type Parameter } from '../parameter.js';
import { smSampleEntries } from '../samples/sample-book.js';
import { smParameters, smTerms } from './index.js';
import { smRegister } from './register.js';

const codes = '2825 2950 2951 2954 2963 2965 2966 2968 2970 2972 2978 2984 2987 2990 2997'.split(
  ' ',
);

/** Ids with no clause, or with more than one, on some day of the run. */
function holes(contract: Contract, ids: readonly string[], first: CivilDate, dayCount: number) {
  const found = new Set<string>();
  const edition = contract.effectiveFrom.toString();
  for (let n = 0; n < dayCount; n += 1) {
    const day = first.plusDays(n).toString();
    for (const id of ids) {
      const inForce = clausesOf(contract).filter(
        (one) => one.id === id && (one.from ?? edition) <= day && (!one.until || day <= one.until),
      );
      if (inForce.length !== 1) found.add(`${id}: ${inForce.length} on ${day}`);
    }
  }
  return [...found];
}

describe('temporal coverage', () => {
  const ids = smRegister.map(([id]) => id);

  test('each clause is in force exactly once on every day of a year from the edition on', () => {
    expect(holes(smTerms, ids, smTerms.effectiveFrom, 366)).toEqual([]);
    const first = smTerms.articles[1].clauses[0].id;
    expect(clauseOn(smTerms, first, smTerms.effectiveFrom.minusDays(1))).toBeUndefined();
  });

  test('a gap and an overlap between amendments are both found', () => {
    const [article] = smTerms.articles;
    const [clause] = article.clauses;
    const amended = (until: string, from: string): Contract => ({
      ...smTerms,
      articles: [
        {
          ...article,
          clauses: [
            { ...clause, until },
            { ...clause, from },
          ],
        },
      ],
    });
    const find = (until: string, from: string) =>
      holes(amended(until, from), [clause.id], CivilDate.from('2026-11-20'), 10);
    expect(find('2026-11-21', '2026-11-22')).toEqual([]);
    expect(find('2026-11-21', '2026-11-23')).toEqual(['SM-R1: 0 on 2026-11-22']);
    expect(find('2026-11-22', '2026-11-22')).toEqual(['SM-R1: 2 on 2026-11-22']);
  });

  test.each(codes)(
    'institution %s has every parameter on the first day and on the last',
    (code) => {
      const book = new ParameterBook(code, smSampleEntries(code));
      for (const parameter of Object.values<Parameter>(smParameters)) {
        for (const day of [smTerms.effectiveFrom, CivilDate.from('2050-12-31')]) {
          expect({ id: parameter.id, ok: book.read(parameter, day).ok }).toEqual({
            id: parameter.id,
            ok: true,
          });
        }
        expect(book.read(parameter, smTerms.effectiveFrom.minusDays(1)).ok).toBe(false);
      }
    },
  );
});
