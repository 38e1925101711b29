import { contains, periodCountedFrom, years, type CivilDate, type Period } from '#libs/kernel';
import { article, enforce } from '../clause.js';

/** The term that `today` falls in, or the last one before an objection made in time ended the chain. */
function termOn(
  contractDate: CivilDate,
  termYears: number,
  today: CivilDate,
  objectionDate: CivilDate | undefined,
): Period {
  let term = periodCountedFrom(contractDate, years(termYears));
  while (today.isAfter(term.lastDay)) {
    const objected = objectionDate !== undefined && !objectionDate.isAfter(term.lastDay);
    if (objected) return term;
    term = periodCountedFrom(term.lastDay.plusDays(1), years(termYears));
  }
  return term;
}

/** SM-19: term of the contract and its renewal. */
export const article19 = article('SM-19', { ja: '契約期間', en: 'Term and renewal' }, [
  enforce('SM-19', {
    key: '契約日から起算して1年間…継続',
    ja: '契約は契約日を含めて1年であり、満了日までに申出がなければ翌日から同じ期間続く。',
    en: 'The contract runs 1 year, its first day counted, and renews unless somebody objects.',
    kind: 'rule',
    bearer: 'both',
    figures: { termYears: 1 },
    needs: ['contractDate', 'objectionDate', 'today'],
    rule: ({ contractDate, objectionDate, today }, { termYears }) => {
      const term = termOn(contractDate, termYears, today, objectionDate);
      return { term, isInForce: contains(term, today) };
    },
  }),
]);
