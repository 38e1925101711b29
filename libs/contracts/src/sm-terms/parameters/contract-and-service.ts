import {
  flag,
  listOf,
  oneOf,
  shape,
  subsetOf,
  tableBy,
  text,
  wholeNumber,
} from '../../constraint.js';
import { parameter } from '../../parameter.js';
import { serviceHours } from './service-hours.js';

/** What the terms leave open about the contract, its inquiries, its records and its notices. */
export const contractParameters = {
  customerKinds: parameter(
    'P.sm.customer.kinds',
    ['SM-R1', 'SM-13.1b'],
    'set',
    subsetOf(['individual', 'sole_proprietor', 'corporate']),
    { ja: '申し込める者', en: 'who may apply' },
  ),
  accountsMax: parameter('P.sm.accounts.max', ['SM-R1'], 'accounts', wholeNumber(1, 1000), {
    ja: 'サービス利用口座の最大数',
    en: 'most service accounts of one holder',
  }),
  changeMatrix: parameter(
    'P.sm.change.matrix',
    ['SM-10.1', 'SM-10.3a'],
    'place per matter',
    tableBy(['name', 'address', 'seal', 'other'], oneOf('terminal', 'branch')),
    { ja: '届出事項ごとの変更場所', en: 'where each registered matter is changed' },
  ),
  inquiryHours: parameter('P.sm.inquiry.hours', ['SM-4.1-2'], 'hours', serviceHours, {
    ja: '照会サービスの利用時間',
    en: 'hours of the inquiry service',
  }),
  inquiryMatrix: parameter(
    'P.sm.inquiry.matrix',
    ['SM-4.1-1'],
    'functions per terminal and account type',
    tableBy(
      ['pc', 'smartphone', 'intermediary'],
      tableBy(
        ['ordinary', 'current', 'savings', 'other'],
        subsetOf(['balance', 'transactions', 'results'], true),
      ),
    ),
    { ja: '端末・科目ごとの照会内容', en: 'inquiries by terminal and account type' },
  ),
  inquiryPeriod: parameter(
    'P.sm.inquiry.period',
    ['SM-4.1-1'],
    'days, or months from the first of one',
    shape({ unit: oneOf('days', 'calendar_months'), count: wholeNumber(1, 3700) }),
    { ja: '照会できる期間', en: 'how far back an inquiry reaches' },
  ),
  inquiryAfterClose: parameter(
    'P.sm.inquiry.afterClose',
    ['SM-4.3', 'SM-11.3a'],
    'days',
    wholeNumber(0, 3650),
    { ja: '解約後に照会できる日数', en: 'days of inquiry after an account is closed' },
  ),
  recordRetention: parameter('P.sm.recordRetention', ['SM-3.5'], 'years', wholeNumber(1, 100), {
    ja: '記録の保存年数',
    en: 'years for which records are kept',
  }),
  mailNormalDelay: parameter(
    'P.sm.mail.normalDelay',
    ['SM-6b', 'SM-10.2'],
    'minutes',
    wholeNumber(0, 2880),
    { ja: '電子メールが通常到達するまでの時間', en: 'time in which mail normally arrives' },
  ),
  postNormalDays: parameter(
    'P.sm.post.normalDays',
    ['SM-10.2', 'SM-11.2'],
    'days',
    wholeNumber(1, 60),
    { ja: '郵便が通常到達するまでの日数', en: 'days in which post normally arrives' },
  ),
  mailChangeNotice: parameter('P.sm.mail.changeNotice', ['SM-8.3b'], 'yes or no', flag, {
    ja: '旧アドレスへも変更を知らせるか',
    en: 'whether the old address is told of the change',
  }),
  deskHours: parameter('P.sm.desk.hours', ['SM-9.4', 'SM-14.3'], 'hours', serviceHours, {
    ja: '連絡窓口の受付時間',
    en: 'hours of the contact desk',
  }),
  dormancy: parameter(
    'P.sm.dormancy',
    ['SM-11.4-5'],
    'months, and what counts as use',
    shape({
      months: wholeNumber(1, 600),
      counts: subsetOf(['login', 'processed_request', 'inquiry', 'intermediary_call']),
    }),
    { ja: '利用がない期間', en: 'period without use' },
  ),
  temporaryPasswordExpiry: parameter(
    'P.sm.temppw.expiry',
    ['SM-R2', 'SM-13.4'],
    'days',
    wholeNumber(1, 365),
    { ja: '仮パスワードの有効日数', en: 'days for which the temporary password lives' },
  ),
  firstUseDeadline: parameter('P.sm.firstUse.deadline', ['SM-R2'], 'days', wholeNumber(1, 365), {
    ja: '初回登録の期限',
    en: 'days until first use must have happened',
  }),
  impedimentEndDays: parameter(
    'P.sm.impediment.endDays',
    ['SM-14.2c'],
    'which end days count',
    oneOf('both', 'one'),
    { ja: '事情の期間の両端の数え方', en: 'which end days of an impediment count' },
  ),
  interestRule: parameter(
    'P.sm.interest.rule',
    ['SM-14.2d'],
    'method and rounding',
    shape({
      basis: oneOf('product_rate', 'statutory_rate', 'none'),
      rounding: oneOf('down', 'half_up'),
      daysOfYear: oneOf('365', 'actual'),
    }),
    { ja: '補てん対象額の利息の計算', en: 'interest on the covered loss' },
  ),
  returnReasonMap: parameter(
    'P.sm.return.reasonMap',
    ['SM-5.4-2'],
    'text per reason',
    listOf(shape({ code: text(16), ja: text(200), en: text(200) }), 200),
    { ja: '返却理由の表示', en: 'texts shown for the reasons of a return' },
  ),
} as const;
