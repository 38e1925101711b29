import { CivilDate, minYen } from '#libs/kernel';
import { enforce, inform } from '../clause.js';
import { exceededBases, leftOnEachBasis } from '../conditions/within-daily-limit.js';
import { smParameters as P } from './parameters.js';

/** SM-5.3: the daily limit. A part of article 5 in its own file, in the order of the text. */
export const limitClauses = [
  enforce('SM-5.3-1a', {
    key: '上限金額の範囲内…届け出た金額',
    ja: '一日の限度額は契約者が届け出た額であり、組合の上限を超えない。',
    en: 'The daily limit is what the holder notified, never above the cap.',
    kind: 'rule',
    bearer: 'holder',
    parameters: { cap: P.limitCap },
    cites: [P.limitScope, P.limitIncludesFee],
    needs: ['holderLimit', 'otpActive'],
    rule: ({ holderLimit, otpActive }, _figures, { cap }) =>
      minYen(holderLimit, otpActive ? cap.withOtp : cap.withoutOtp),
  }),
  enforce('SM-5.3-1b', {
    key: '依頼日基準および…指定日基準の双方',
    ja: '限度額は、依頼日ごとの合計と指定日ごとの合計の両方で判断する。',
    en: 'The limit is judged on both sums: by request date and by designated date.',
    kind: 'rule',
    bearer: 'institution',
    parameters: { includesFee: P.limitIncludesFee },
    cites: [P.limitCancelReleases],
    needs: ['effectiveLimit', 'limitUse', 'transferAmount', 'feeYen'],
    rule: ({ effectiveLimit, limitUse, transferAmount, feeYen }, _figures, { includesFee }) => {
      const asked = includesFee ? transferAmount + feeYen : transferAmount;
      return {
        asked,
        exceeded: exceededBases(effectiveLimit, limitUse, asked),
        left: leftOnEachBasis(effectiveLimit, limitUse),
      };
    },
  }),
  enforce('SM-5.3-2', {
    key: '上限金額を…事前に通知することなく変更',
    ja: '上限は予告なく変わり、依頼を受けた日に効力のある上限で判断する。',
    en: 'The cap may change without notice; the one in force on the day of receipt governs.',
    kind: 'power',
    bearer: 'institution',
    refers: ['SM-5.3-1a'],
    cites: [P.limitCap],
    needs: ['receivedAt'],
    rule: ({ receivedAt }) => ({ capAsOf: CivilDate.inTokyo(receivedAt) }),
  }),
  enforce('SM-5.3-3', {
    key: '依頼を受けた時刻…午前0時を起点',
    ja: '一日は、組合が依頼を受けた時刻により、0時から数える。',
    en: 'A day runs from 0 hours, by the time at which the request was received.',
    kind: 'rule',
    bearer: 'institution',
    figures: { dayStartsAtHour: 0 },
    needs: ['receivedAt'],
    rule: ({ receivedAt }, { dayStartsAtHour }) =>
      CivilDate.inTokyo(receivedAt - dayStartsAtHour * 3_600_000),
  }),
  inform('SM-5.3-4', {
    key: '取引限度額の変更については、第10条',
    ja: '限度額の変更は、届出事項の変更の定めによる。',
    en: 'A change of the limit follows the article on changes of registered matters.',
    kind: 'definition',
    bearer: 'both',
    refers: ['SM-10.3a', 'SM-10.3d'],
    shownAt: ['limits page'],
  }),
  enforce('SM-5.3-5', {
    key: '未処理のものについては、変更後の…処理',
    ja: '上限や限度額が変わっても、すでに確定した未処理の依頼は判断し直さずに処理する。',
    en: 'What was fixed before a change of cap or limit is processed without a second judgement.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-3.4-1-2a'],
    needs: ['requestState'],
    rule: ({ requestState }) => ({ isJudgedAgainstLimit: requestState === 'draft' }),
  }),
] as const;
