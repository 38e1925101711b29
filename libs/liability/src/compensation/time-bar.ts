import { movedToOpenDay, periodAfter, years, type CivilDate } from '#libs/kernel';
import type { DatedClaim } from './dated-claim.js';
import { effectOf, type Gate } from './stage.js';

/** The theft starts the bar; where its day is not clear, the first misuse does. Source: SM-14.3, INT-03. */
export function barStart({ theftDay, firstMisuseDay }: DatedClaim): CivilDate {
  return theftDay ?? firstMisuseDay;
}

/**
 * The last day on which notice can be given: the end of a period of so many years whose first day is
 * not counted (民法140条, 143条). It stays where it is on a Sunday or holiday unless the institution's
 * reading says that by custom its desk takes no notices then (民法142条). Source: SM-14.3, INT-01.
 */
export function lastDayOfNotice(
  start: CivilDate,
  barYears: number,
  deskIsOpen?: (day: CivilDate) => boolean,
): CivilDate {
  const { lastDay } = periodAfter(start, years(barYears));
  return deskIsOpen ? movedToOpenDay(lastDay, deskIsOpen) : lastDay;
}

/** SM-14.3: notice after that day is barred. An impediment never moves it. */
export function timeBar(
  claim: DatedClaim,
  barYears: number,
  deskIsOpen?: (day: CivilDate) => boolean,
): Gate {
  const start = barStart(claim);
  const lastDay = lastDayOfNotice(start, barYears, deskIsOpen);
  const passes = claim.noticeDay.isAfter(lastDay) ? 'no' : 'yes';
  const from = claim.theftDay
    ? { ja: `盗難の日${start}`, en: `the theft on ${start}` }
    : {
        ja: `盗難の日が明らかでないため最初の不正の日${start}`,
        en: `the first misuse on ${start}`,
      };
  const articles = deskIsOpen ? '民法140条・142条・143条' : '民法140条・143条';
  const numbers = deskIsOpen ? '140, 142, 143' : '140, 143';
  const [ja, en] =
    passes === 'yes'
      ? ['以内のため、請求できる', 'not after it']
      : ['を過ぎたため、請求できない', 'after it: the claim is barred'];
  return {
    passes,
    otherwise: 'barred',
    clause: 'SM-14.3',
    unknown: [],
    trace: [
      {
        clause: 'SM-14.3',
        effect: passes === 'yes' ? effectOf('yes') : 'barred',
        facts: [
          { name: 'theftDate', value: claim.claim.theftDate, evidence: claim.theftEvidence },
          { name: 'firstMisuseDate', value: claim.firstMisuseDay, evidence: [] },
          { name: 'noticeDate', value: claim.noticeDay, evidence: [claim.notice.id] },
        ],
        value: lastDay,
        reason: {
          ja: `${from.ja}から${barYears}年（${articles}）の末日は${lastDay}。通知日${claim.noticeDay}はこれ${ja}。`,
          en:
            `${barYears} years from ${from.en} (民法 ${numbers}) end on ${lastDay}; ` +
            `notice on ${claim.noticeDay} is ${en}.`,
        },
      },
    ],
  };
}
