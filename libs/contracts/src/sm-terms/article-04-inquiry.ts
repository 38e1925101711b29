import { CivilDate, days, periodAfter } from '#libs/kernel';
import { article, enforce, record } from '../clause.js';
import { isWithinHours, nextOpening } from '../conditions/within-service-hours.js';
import { smParameters as P } from './parameters.js';

/** The earliest day an inquiry made on `today` may ask for. */
function earliestDay(
  today: CivilDate,
  period: { unit: 'days' | 'calendar_months'; count: number },
): CivilDate {
  if (period.unit === 'days') return today.minusDays(period.count);
  const month = today.plusMonths(-period.count);
  return CivilDate.of(month.year, month.month, 1);
}

/** SM-4: the inquiry service (照会サービス). */
export const article04 = article('SM-4', { ja: '照会サービス', en: 'Inquiry' }, [
  enforce('SM-4.1-1', {
    key: '残高照会…端末の種類により…異なります',
    ja: '届出の口座の残高・明細・結果を、端末と科目ごとに定めた範囲と期間で照会できる。',
    en: 'A service account can be inquired as far as terminal, account type and period allow.',
    kind: 'definition',
    bearer: 'institution',
    counterparty: 'holder',
    parameters: { matrix: P.inquiryMatrix, period: P.inquiryPeriod },
    needs: [
      'accountRegistered',
      'terminal',
      'accountType',
      'inquiryFunction',
      'inquiryFrom',
      'today',
    ],
    rule: (facts, _figures, { matrix, period }) => {
      if (!facts.accountRegistered) return 'not_a_service_account' as const;
      const offered = matrix[facts.terminal][facts.accountType];
      if (!offered.includes(facts.inquiryFunction)) return 'not_offered' as const;
      return facts.inquiryFrom.isBefore(earliestDay(facts.today, period))
        ? ('period_too_long' as const)
        : ('allowed' as const);
    },
  }),
  enforce('SM-4.1-2', {
    key: '所定の時間内…事前に通知することなく変更',
    ja: '照会は定めた時間内に限り、時間は予告なく変わることがある。',
    en: 'Inquiries are open in the hours laid down, which may change without notice.',
    kind: 'rule',
    bearer: 'institution',
    parameters: { hours: P.inquiryHours },
    needs: ['now'],
    rule: ({ now }, _figures, { hours }) => ({
      isOpen: isWithinHours(hours, now),
      nextOpening: nextOpening(hours, now),
    }),
  }),
  enforce('SM-4.1-3', {
    key: '最新の取引が反映されていない場合',
    ja: '回答には最新の取引が入っていないことがあり、基準の時刻を必ず添える。',
    en: 'An answer may lack the latest transactions, and always says as of when it is.',
    kind: 'disclaimer',
    bearer: 'institution',
    needs: ['answeredAsOf', 'now'],
    rule: ({ answeredAsOf, now }) => ({ isHonest: answeredAsOf <= now }),
  }),
  record('SM-4.2', {
    key: '証明するものではなく…変更または取消し',
    ja: '回答は証明ではなく後で改めることがある。訂正は元の記録を残して結び付ける。',
    en: 'An answer certifies nothing and may change; a correction is linked to what it corrects.',
    kind: 'disclaimer',
    bearer: 'institution',
    counterparty: 'holder',
    asks: ['correctedEntry', 'correctedBy', 'reason'],
  }),
  enforce('SM-4.3', {
    key: 'サービス利用口座…解約…所定の期間は…照会',
    ja: '代表口座以外の口座が解約されても、定めた期間はその口座の照会だけができる。',
    en: 'After a service account other than the main one is closed, inquiry stays open for a time.',
    kind: 'rule',
    bearer: 'institution',
    counterparty: 'holder',
    refers: ['SM-11.3a', 'SM-11.3b', 'SM-12.2a'],
    parameters: { afterCloseDays: P.inquiryAfterClose },
    needs: ['closedOn', 'removedFromService', 'mainAccountClosed', 'today'],
    rule: (
      { closedOn, removedFromService, mainAccountClosed, today },
      _figures,
      { afterCloseDays },
    ) => {
      if (mainAccountClosed || removedFromService) return 'no_access' as const;
      if (closedOn === undefined) return 'full' as const;
      const lastDay =
        afterCloseDays === 0 ? closedOn : periodAfter(closedOn, days(afterCloseDays)).lastDay;
      return today.isAfter(lastDay) ? ('no_access' as const) : ('read_only' as const);
    },
  }),
]);
