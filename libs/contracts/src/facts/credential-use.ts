import type { CivilDate, Instant } from '#libs/kernel';
import { fact } from './fact.js';

/** What a holder can present. `confirmation_password` is 確認用パスワード, `secret_word` 合言葉. */
export type Factor =
  | 'login_id'
  | 'login_password'
  | 'confirmation_password'
  | 'secret_word'
  | 'one_time_password'
  | 'mail_password';

/** Kinds of credential registered with the institution, each with its own counter (INT-25). */
export type RegisteredCredential = 'login_password' | 'confirmation_password' | 'secret_word';

/** What is being done. `transfer` covers 振込 and 振替; `change` the matters of SM-10.3a. */
export type Operation = 'login' | 'inquiry' | 'transfer' | 'change' | 'deactivate_otp';

/** Which additional means the holder has started (SM-7.2, SM-8.1). */
export interface MeansStarted {
  readonly oneTimePassword: boolean;
  readonly mailPassword: boolean;
}

/** One entry of a registered credential, in the order of entering. Source: SM-9.2. */
export interface CredentialEntry {
  readonly kind: RegisteredCredential;
  readonly right: boolean;
  readonly at: Instant;
}

/** A mail password as it was issued. Source: SM-8.1, SM-8.3a. */
export interface MailPassword {
  readonly session: string;
  readonly address: string;
  readonly issuedAt: Instant;
  readonly draft?: string;
  readonly diedAt?: Instant;
}

export const credentialFacts = {
  operation: fact<Operation>('choice', '操作', 'operation'),
  meansStarted: fact<MeansStarted>('thing', '利用開始済みの手段', 'means started'),
  fieldsAsked: fact<readonly string[]>('list', '職員画面の項目', 'fields of a staff screen'),
  countersCombined: fact<boolean>(
    'flag',
    '全体で数える（INT-25）',
    'one counter over all (INT-25)',
  ),
  sessionsOpen: fact<readonly string[]>('list', '開いているセッション', 'open sessions'),
  factorsPresented: fact<readonly Factor[]>('list', '提示された認証要素', 'factors presented'),
  factorsMatched: fact<readonly Factor[]>('list', '一致した認証要素', 'factors that matched'),
  factorsRequired: fact<readonly Factor[]>('list', '求められる認証要素', 'factors required'),
  credentialEntries: fact<readonly CredentialEntry[]>('list', '入力の履歴', 'entries made'),
  mailPassword: fact<MailPassword>('thing', 'メール通知パスワード', 'mail password'),
  mailPasswordsSent: fact<number>(
    'count',
    'この場での発行回数',
    'mail passwords sent in this session',
  ),
  mailPasswordUses: fact<number>('count', '使用回数', 'times it was used'),
  oldAddress: fact<string>('text', '変更前のアドレス', 'address before the change'),
  newAddress: fact<string>('text', '変更後のアドレス', 'address after the change'),
  expiryNoticeSent: fact<boolean>('flag', '期限の通知済み', 'notice of expiry was given'),
  session: fact<string>('text', 'セッション', 'session'),
  draft: fact<string | undefined>('text', '対象の依頼', 'the draft it is used for'),
  sessionEndedAt: fact<Instant | undefined>('instant', 'ログアウト等の時刻', 'end of the session'),
  otpStep: fact<number>('count', '一致した時間区分', 'time step that matched'),
  currentStep: fact<number>('count', '現在の時間区分', 'current time step'),
  lastUsedStep: fact<number | undefined>('count', '最後に使われた時間区分', 'last step used'),
  tokenIssuedAt: fact<Instant>('instant', 'トークン発行依頼の時刻', 'when the token was requested'),
  tokenExpiresOn: fact<CivilDate>('date', 'トークンの有効期限', 'last day of the token'),
  tokenGeneration: fact<number>('count', 'トークンの世代', 'generation of the token'),
  newestGeneration: fact<number>('count', '最新の世代', 'newest generation'),
  startPasswordMatches: fact<boolean>(
    'flag',
    '利用開始パスワードの一致',
    'the start password matches',
  ),
  startPasswordFailures: fact<number>(
    'count',
    '利用開始パスワードの失敗回数',
    'wrong start passwords',
  ),
  secretWordState: fact<'set' | 'initialised'>(
    'choice',
    '合言葉の状態',
    'state of the secret word',
  ),
  passwordChangedOn: fact<CivilDate>('date', '前回のパスワード変更日', 'day of the last change'),
  reusedFromHistory: fact<number | undefined>(
    'count',
    '何世代前のパスワードか',
    'how many ago it was used',
  ),
  reportedAt: fact<Instant>('instant', '届け出た時刻', 'when it was reported'),
  suspicion: fact<string>('text', '不正使用等のおそれ', 'what raises the suspicion'),
  firstUseDone: fact<boolean>('flag', '初回登録の完了', 'first-use registration is done'),
  temporaryPasswordMailedOn: fact<CivilDate>(
    'date',
    '仮パスワード発送日',
    'temporary password sent on',
  ),
} as const;
