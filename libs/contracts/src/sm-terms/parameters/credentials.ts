import { flag, oneOf, shape, subsetOf, tableBy, where, wholeNumber } from '../../constraint.js';
import { parameter } from '../../parameter.js';

const baseFactors = subsetOf(
  ['login_id', 'login_password', 'confirmation_password', 'secret_word'],
  true,
);

/**
 * Factors asked before any additional means is started, and what a transfer through an intermediary
 * needs besides the confirmation password. That minimum is our own rule (INT-30), and so a constraint.
 */
const factorsMatrix = where(
  shape({
    base: tableBy(
      ['pc', 'smartphone', 'intermediary'],
      tableBy(['login', 'inquiry', 'transfer', 'change', 'deactivate_otp'], baseFactors),
    ),
    throughIntermediary: oneOf('one_of_otp_and_mail', 'both_otp_and_mail'),
  }),
  'ログインはIDとパスワード、資金移動と変更は確認用パスワードを必ず含む',
  'login has id and password; movements and changes have the confirmation password',
  ({ base }) =>
    Object.values(base).every(
      (row) =>
        row.login.includes('login_id') &&
        row.login.includes('login_password') &&
        row.transfer.includes('confirmation_password') &&
        row.change.includes('confirmation_password'),
    ),
);

const otpParameters = {
  otpStep: parameter('P.sm.otp.step', ['SM-7.2'], 'seconds', wholeNumber(15, 120), {
    ja: 'ワンタイムパスワードの更新間隔',
    en: 'time step of the one-time password',
  }),
  otpDigits: parameter('P.sm.otp.digits', ['SM-7.2'], 'digits', wholeNumber(6, 10), {
    ja: 'ワンタイムパスワードの桁数',
    en: 'digits of the one-time password',
  }),
  otpWindow: parameter('P.sm.otp.window', ['SM-7.2'], 'steps either side', wholeNumber(0, 3), {
    ja: '許容する時間区分のずれ',
    en: 'steps tolerated either side',
  }),
  otpIssueExpiry: parameter('P.sm.otp.issueExpiry', ['SM-7.1'], 'days', wholeNumber(1, 90), {
    ja: 'トークン発行依頼の有効日数',
    en: 'days within which an issued token must be obtained',
  }),
  otpValidity: parameter('P.sm.otp.validity', ['SM-7.5'], 'months', wholeNumber(1, 120), {
    ja: 'トークンの有効月数',
    en: 'months for which a token lives',
  }),
  otpNoticeBefore: parameter('P.sm.otp.noticeBefore', ['SM-7.5'], 'days', wholeNumber(1, 180), {
    ja: '期限前に知らせる日数',
    en: 'days before expiry at which notice is given',
  }),
  otpExtension: parameter('P.sm.otp.extension', ['SM-7.5'], 'months', wholeNumber(1, 120), {
    ja: '延長の月数',
    en: 'months by which a token is extended',
  }),
  otpStartPasswordPolicy: parameter(
    'P.sm.otp.startPwPolicy',
    ['SM-7.1'],
    'shortest length',
    wholeNumber(4, 64),
    { ja: '利用開始パスワードの最短の長さ', en: 'shortest start password' },
  ),
  otpDeactivateFactors: parameter(
    'P.sm.otp.deactivateFactors',
    ['SM-7.4a'],
    'factors; otherwise the branch',
    subsetOf(['confirmation_password', 'one_time_password', 'secret_word']),
    { ja: '利用解除に要る認証要素', en: 'factors that deactivation needs' },
  ),
  otpAttempts: parameter('P.sm.otp.attempts', ['SM-7.1', 'SM-7.2'], 'count', wholeNumber(1, 20), {
    ja: 'ワンタイムパスワード等の誤りの上限',
    en: 'wrong start passwords or codes allowed',
  }),
} as const;

const mailPasswordParameters = {
  mailPasswordOperations: parameter(
    'P.sm.mailpw.operations',
    ['SM-8.1', 'SM-8.2'],
    'operations',
    subsetOf(['transfer', 'change']),
    { ja: 'メール通知パスワードを用いる取引', en: 'operations that use the mail password' },
  ),
  mailPasswordLength: parameter(
    'P.sm.mailpw.length',
    ['SM-8.1'],
    'characters',
    wholeNumber(6, 32),
    {
      ja: 'メール通知パスワードの長さ',
      en: 'length of the mail password',
    },
  ),
  mailPasswordMaxAge: parameter(
    'P.sm.mailpw.maxAge',
    ['SM-8.3a'],
    'minutes, 0 for the whole session',
    wholeNumber(0, 1440),
    { ja: 'メール通知パスワードの最長の有効時間', en: 'longest life of a mail password' },
  ),
  mailPasswordSingleUse: parameter('P.sm.mailpw.singleUse', ['SM-8.3a'], 'yes or no', flag, {
    ja: '一回限りか',
    en: 'whether it serves once only',
  }),
  mailPasswordResendLimit: parameter(
    'P.sm.mailpw.resendLimit',
    ['SM-8.1'],
    'count per session',
    wholeNumber(0, 50),
    { ja: '再発行の上限', en: 're-issues allowed in one session' },
  ),
  mailPasswordAttempts: parameter('P.sm.mailpw.attempts', ['SM-8.2'], 'count', wholeNumber(1, 20), {
    ja: 'メール通知パスワードの誤りの上限',
    en: 'wrong mail passwords allowed',
  }),
} as const;

/** What the terms leave open about credentials, one-time and mail passwords, and locks. */
export const credentialParameters = {
  factorsMatrix: parameter(
    'P.sm.factors.matrix',
    ['SM-R2.7', 'SM-7.3a', 'SM-8.2', 'SM-10.3b'],
    'factors by terminal and operation',
    factorsMatrix,
    { ja: '本人確認の要素表', en: 'factor matrix' },
  ),
  lockThreshold: parameter(
    'P.sm.lock.threshold',
    ['SM-9.2'],
    'consecutive errors, per kind',
    tableBy(['login_password', 'confirmation_password', 'secret_word'], wholeNumber(1, 50)),
    { ja: '連続誤入力の回数', en: 'consecutive errors that stop the service' },
  ),
  lockUnlock: parameter(
    'P.sm.lock.unlock',
    ['SM-9.2'],
    'procedure',
    oneOf('branch_form', 'contact_desk'),
    { ja: '中止を解く手続', en: 'how a stop is lifted' },
  ),
  lockReservations: parameter(
    'P.sm.lock.reservations',
    ['SM-9.2'],
    'treatment',
    oneOf('run', 'hold'),
    {
      ja: '中止中の予約の扱い',
      en: 'reservations while the service is stopped',
    },
  ),
  passwordLength: parameter(
    'P.sm.pw.length',
    ['SM-9.3a'],
    'characters',
    where(
      shape({ min: wholeNumber(4, 64), max: wholeNumber(4, 128) }),
      '下限は上限以下',
      'the least is at most the most',
      ({ min, max }) => min <= max,
    ),
    { ja: 'パスワードの長さ', en: 'length of a password' },
  ),
  passwordCharset: parameter(
    'P.sm.pw.charset',
    ['SM-9.3a'],
    'character classes that must occur',
    subsetOf(['lower', 'upper', 'digit', 'symbol'], true),
    { ja: '必ず含む文字の種類', en: 'character classes that must occur' },
  ),
  passwordHistory: parameter('P.sm.pw.history', ['SM-9.3a'], 'generations', wholeNumber(0, 50), {
    ja: '再利用を拒む世代数',
    en: 'earlier passwords that cannot return',
  }),
  passwordMaxAge: parameter('P.sm.pw.maxAge', ['SM-9.3a'], 'days', wholeNumber(1, 3650), {
    ja: '変更を促すまでの日数',
    en: 'days after which a change is advised',
  }),
  ...otpParameters,
  ...mailPasswordParameters,
} as const;
