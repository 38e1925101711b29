import {
  flag,
  listOf,
  oneOf,
  orNone,
  shape,
  subsetOf,
  tableBy,
  timeOfDay,
  where,
  wholeNumber,
  yenAtLeast,
} from '../../constraint.js';
import { parameter } from '../../parameter.js';
import { serviceHours } from './service-hours.js';

const destinations = ['same_institution', 'other_institution'] as const;
const memberships = ['member', 'non_member'] as const;

/** Rows of the fee table: from this amount on, this fee. Each class and membership begins at 0 yen. */
const feeTable = where(
  listOf(
    shape({
      destination: oneOf(...destinations),
      membership: oneOf(...memberships),
      fromYen: yenAtLeast(0n),
      feeYen: yenAtLeast(0n),
    }),
    100,
  ),
  '各区分が0円から始まり、同じ区分に同じ下限がない',
  'each class begins at 0 yen and has no amount twice',
  (rows) =>
    destinations.every((destination) =>
      memberships.every((membership) => {
        const starts = rows
          .filter((row) => row.destination === destination && row.membership === membership)
          .map(({ fromYen }) => fromYen);
        return starts.includes(0n) && new Set(starts).size === starts.length;
      }),
    ),
);

const limitParameters = {
  limitCap: parameter(
    'P.sm.limit.cap',
    ['SM-5.3-1a', 'SM-5.3-2'],
    'yen per day',
    shape({ withOtp: yenAtLeast(0n), withoutOtp: yenAtLeast(0n) }),
    { ja: '取引限度額の上限金額', en: 'cap of the daily limit' },
  ),
  limitScope: parameter(
    'P.sm.limit.scope',
    ['SM-5.3-1a'],
    'what one limit spans',
    oneOf('contract', 'account'),
    { ja: '取引限度額の単位', en: 'what one limit spans' },
  ),
  limitIncludesFee: parameter('P.sm.limit.includesFee', ['SM-5.3-1a'], 'yes or no', flag, {
    ja: '限度額に手数料を含めるか',
    en: 'whether fees count against the limit',
  }),
  limitCancelReleases: parameter(
    'P.sm.limit.cancelReleases',
    ['SM-5.3-1b'],
    'bases given back',
    oneOf('none', 'designated', 'both'),
    { ja: '取消しで戻す限度額', en: 'limit given back by a cancellation' },
  ),
  limitReturnReleases: parameter(
    'P.sm.limit.returnReleases',
    ['SM-5.4-2', 'SM-5.3-1b'],
    'bases given back',
    oneOf('none', 'request', 'designated', 'both'),
    { ja: '返却で戻す限度額', en: 'limit given back by a return' },
  ),
  limitRaiseEffective: parameter(
    'P.sm.limit.raiseEffective',
    ['SM-10.3a'],
    'when',
    oneOf('at_once', 'next_midnight'),
    { ja: '増額がいつ効くか', en: 'when a raised limit takes effect' },
  ),
} as const;

const reservationParameters = {
  reservationHorizon: parameter(
    'P.sm.reservation.horizon',
    ['SM-R3.1', 'SM-5.5-1'],
    'days or business days',
    shape({ unit: oneOf('days', 'business_days'), count: wholeNumber(1, 400) }),
    { ja: '予約できる期間', en: 'how far ahead a date can be designated' },
  ),
  reservationHolidayRule: parameter(
    'P.sm.reservation.holidayRule',
    ['SM-5.4-1', 'SM-R3.1'],
    'treatment',
    oneOf('reject', 'next', 'previous'),
    { ja: '指定日が休業日のとき', en: 'what if the designated date is no business day' },
  ),
  reservationRunTime: parameter(
    'P.sm.reservation.runTime',
    ['SM-5.4-1'],
    'time of day',
    timeOfDay,
    { ja: '予約の処理時刻', en: 'when reservations are run' },
  ),
  reservationRetry: parameter(
    'P.sm.reservation.retry',
    ['SM-3.4-1-2a', 'SM-5.4-1'],
    'retries on the same day',
    wholeNumber(0, 10),
    { ja: '同日の再処理の回数', en: 'retries on the same day' },
  ),
  reservationMissed: parameter(
    'P.sm.reservation.missed',
    ['SM-5.4-1', 'SM-16a'],
    'treatment, and what if that is too late',
    shape({
      first: oneOf('later_that_day', 'next_processing_day', 'not_processed'),
      otherwise: oneOf('next_processing_day', 'not_processed'),
    }),
    { ja: '指定日に処理できなかったとき', en: 'what if the run of the date cannot take place' },
  ),
  cancelCutoff: parameter(
    'P.sm.cancel.cutoff',
    ['SM-5.5-1'],
    'time relative to the designated date, exclusive',
    shape({ daysBefore: wholeNumber(0, 31), time: timeOfDay }),
    { ja: '予約取消しの期限', en: 'until when a reservation can be cancelled' },
  ),
} as const;

/** What the terms leave open about transfers: fees, hours, limits, reservations, recalls. */
export const transferParameters = {
  creditTypes: parameter(
    'P.sm.transfer.creditTypes',
    ['SM-5.1-1'],
    'deposit type codes',
    subsetOf(['1', '2', '4', '9']),
    { ja: '入金指定口座の科目', en: 'types of account that can be credited' },
  ),
  transferFee: parameter('P.sm.transfer.fee', ['SM-5.1-1', 'SM-5.2'], 'yen', feeTable, {
    ja: '振込手数料',
    en: 'transfer fee',
  }),
  transferHours: parameter('P.sm.transfer.hours', ['SM-R1', 'SM-R3.1'], 'hours', serviceHours, {
    ja: '振込・振替サービスの利用時間',
    en: 'hours of the transfer service',
  }),
  transferCutoff: parameter(
    'P.sm.transfer.cutoff',
    ['SM-R3.1', 'SM-5.2'],
    'time on a business day, or none for round the clock',
    tableBy(['same_branch', ...destinations], orNone(timeOfDay)),
    { ja: '当日扱いの締切', en: 'cut-off for the same day' },
  ),
  processingTime: parameter(
    'P.sm.processing.time',
    ['SM-5.2', 'SM-R3.3'],
    'when a request that rolled over is processed',
    timeOfDay,
    { ja: '翌営業日扱いの処理時刻', en: 'when a request of the next business day is processed' },
  ),
  confirmTimeout: parameter('P.sm.confirm.timeout', ['SM-R3.2'], 'minutes', wholeNumber(1, 120), {
    ja: '確定までの時間',
    en: 'time within which the content must be confirmed',
  }),
  sameDayOrder: parameter(
    'P.sm.sameDayOrder',
    ['SM-3.4-1-2b'],
    'ordering policy',
    oneOf('acceptance', 'smallest_first', 'largest_first', 'outside_first'),
    { ja: '同日の引落しの順序', en: 'order of debits on one day' },
  ),
  overdraftUsable: parameter(
    'P.sm.overdraft.usable',
    ['SM-3.4-1-2a'],
    'yes or no; yen',
    shape({ usable: flag, lendingLimit: yenAtLeast(0n) }),
    { ja: '総合口座貸越の利用', en: 'whether the overdraft can be used, and its limit' },
  ),
  recallFee: parameter('P.sm.recall.fee', ['SM-5.5-2'], 'yen', yenAtLeast(0n), {
    ja: '組戻手数料',
    en: 'recall fee',
  }),
  recallFeeOnFailure: parameter('P.sm.recall.feeOnFailure', ['SM-5.5-2'], 'yes or no', flag, {
    ja: '組戻しが不成立のときも手数料を取るか',
    en: 'whether the recall fee is kept when the recall fails',
  }),
  inquiryReplyDeadline: parameter(
    'P.sm.inquiryReply.deadline',
    ['SM-5.4-3b', 'SM-5.4-3a'],
    'business days after the inquiry, and time',
    shape({ businessDays: wholeNumber(1, 30), time: timeOfDay }),
    { ja: '照会への回答期限（相当の期間）', en: 'when the reply to an inquiry is due' },
  ),
  ...limitParameters,
  ...reservationParameters,
} as const;
