import { fewOf, flag, oneOf, orNone, shape, subsetOf, wholeNumber } from '../constraint.js';
import { parameter } from '../parameter.js';

const proposal = oneOf('FULL', 'INDIVIDUAL', 'NONE');

/** The 申し合わせ of the labour banks, of which the contract takes over the approach alone (RKN-L1d). */
const fraudPolicy = shape({
  eligible: subsetOf(['individual', 'sole_proprietor', 'corporate']),
  thirtyDayTest: oneOf('look_back_from_notice', 'notice_within_days_of_damage'),
  windowDays: wholeNumber(1, 365),
  longStopYears: wholeNumber(1, 10),
  policeReportRequired: flag,
  exclusionsNeedFaultlessInstitution: flag,
  proposals: shape({ noFault: proposal, negligence: proposal, gross: proposal, intent: proposal }),
});

/** From when on a rate is worth a second look; below so many calls or transfers it says nothing. */
const watchThresholds = shape({
  callsMin: wholeNumber(1, 1_000_000),
  errorsPerThousand: wholeNumber(1, 1_000),
  transfersMin: wholeNumber(1, 1_000_000),
  fraudsPerTenThousand: wholeNumber(1, 10_000),
});

/**
 * Everything that the agreement leaves open (合理的な期間, 相当期間, 速やかに …). Typed, constrained,
 * dated per institution, entered by one and approved by another; no default. Source: clauses.md 4.2.
 */
export const rknParameters = {
  causeTarget: parameter('P.rkn.l1.causeTarget', ['RKN-L1a'], 'business days', wholeNumber(1, 60), {
    ja: '原因究明の目安（営業日）',
    en: 'target for finding the cause',
  }),
  fraudPolicy: parameter('P.rkn.fraudPolicy', ['RKN-L1d'], 'policy', fraudPolicy, {
    ja: '不正払戻しの補償の考え方',
    en: 'policy on unauthorised withdrawals',
  }),
  primaFacie: parameter(
    'P.rkn.recourse.primaFacie',
    ['RKN-L2a', 'RKN-L2b', 'RKN-L4-1', 'RKN-L4-2'],
    'yes or no',
    flag,
    { ja: '求償に疎明を求めるか', en: 'whether recourse needs a prima facie showing' },
  ),
  revocationLatency: parameter(
    'P.rkn.revocationLatency',
    ['RKN-S1'],
    'milliseconds',
    wholeNumber(1, 10_000),
    {
      ja: '終わった同意の権限を消すまでの時間',
      en: 'time until the grant of a dead consent is destroyed',
    },
  ),
  tokenAccess: parameter('P.rkn.token.access', ['RKN-S1'], 'seconds', wholeNumber(30, 3600), {
    ja: 'アクセストークンの有効時間',
    en: 'life of an access token',
  }),
  tokenRefresh: parameter(
    'P.rkn.token.refresh',
    ['RKN-S1'],
    'kind',
    oneOf('opaque_not_rotated_bound_to_consent'),
    { ja: '更新トークンの扱い', en: 'kind of refresh token' },
  ),
  tokenConsent: parameter('P.rkn.token.consent', ['RKN-S1'], 'days', wholeNumber(1, 3650), {
    ja: '同意の最長期間',
    en: 'longest term of a consent',
  }),
  consentReminders: parameter(
    'P.rkn.consent.reminders',
    ['RKN-S1'],
    'days before the end',
    fewOf(wholeNumber(1, 60), 5),
    {
      ja: '同意の終わりを利用者に知らせる日（終わりの何日前か）',
      en: 'on which days before its end a holder is reminded of a consent',
    },
  ),
  attestationInterval: parameter(
    'P.rkn.attestationInterval',
    ['RKN-S3a'],
    'months',
    wholeNumber(1, 60),
    { ja: '点検表の再確認の間隔', en: 'interval of attestation' },
  ),
  dutyReminders: parameter(
    'P.rkn.duty.reminders',
    ['RKN-S3a', 'RKN-S3b', 'RKN-S4a'],
    'days before the end',
    fewOf(wholeNumber(1, 60), 5),
    {
      ja: '再確認・移行・改善の期限を代行業者に知らせる日（期限の何日前か）',
      en: 'on which days before its end an intermediary is reminded of a duty',
    },
  ),
  evidenceRetention: parameter(
    'P.rkn.evidenceRetention',
    ['RKN-S2'],
    'years',
    wholeNumber(1, 100),
    {
      ja: '証拠の資料を最後に用いてから保管する年数',
      en: 'years for which evidence is kept after its last use',
    },
  ),
  standardTransition: parameter(
    'P.rkn.standardTransition',
    ['RKN-S3b'],
    'days',
    wholeNumber(1, 730),
    { ja: '新しい基準への移行期間', en: 'transition to a new standard' },
  ),
  s4ReasonablePeriod: parameter(
    'P.rkn.s4.reasonablePeriod',
    ['RKN-S4a', 'RKN-S4b'],
    'days',
    wholeNumber(1, 365),
    { ja: '改善のための合理的な期間', en: 'reasonable period for improvement' },
  ),
  s4NoticeLead: parameter('P.rkn.s4.noticeLead', ['RKN-S4c'], 'hours', wholeNumber(1, 8760), {
    ja: '事前の通知から措置までの時間',
    en: 'lead of the prior notice',
  }),
  holdMaxDuration: parameter('P.rkn.hold.maxDuration', ['RKN-S4c'], 'hours', wholeNumber(1, 720), {
    ja: '緊急の停止の最長時間',
    en: 'longest duration of a protective hold',
  }),
  c1ReportInterval: parameter(
    'P.rkn.c1.reportInterval',
    ['RKN-C1b'],
    'months',
    orNone(wholeNumber(1, 60)),
    { ja: '連鎖接続先の報告の間隔', en: 'interval of the partner reports' },
  ),
  c1ReportToFi: parameter('P.rkn.c1.reportToFi', ['RKN-C1d'], 'days', wholeNumber(1, 365), {
    ja: '結果を金融機関に報告するまでの期間',
    en: 'time to report the result to the institution',
  }),
  c2ReasonablePeriod: parameter(
    'P.rkn.c2.reasonablePeriod',
    ['RKN-C2a', 'RKN-C2b'],
    'days',
    wholeNumber(1, 365),
    { ja: '連鎖接続を停止する相当期間', en: 'reasonable period to stop a partner' },
  ),
  c2NoticeLead: parameter('P.rkn.c2.noticeLead', ['RKN-C2b'], 'hours', wholeNumber(1, 8760), {
    ja: '通知から措置までの時間',
    en: 'lead of the notice',
  }),
  watchThresholds: parameter(
    'P.rkn.watch.thresholds',
    ['RKN-S3b', 'RKN-S4a'],
    'rates',
    watchThresholds,
    {
      ja: '誤り・不正の率を担当者に知らせる目安',
      en: 'rates of errors and fraud above which officers are told',
    },
  ),
} as const;
