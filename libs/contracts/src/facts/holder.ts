import type { CivilDate, Instant, Tri, Yen } from '#libs/kernel';
import { fact } from './fact.js';

export type HolderKind = 'individual' | 'sole_proprietor' | 'corporate';

/** A matter that the holder registered and may want changed. Source: SM-10.1, SM-10.3a, SM-10.3c. */
export type RegisteredMatter =
  | 'login_id'
  | 'password'
  | 'contact_phone'
  | 'mail_address'
  | 'transfer_limit'
  | 'secret_word'
  | 'name'
  | 'address'
  | 'seal'
  | 'other';

/** A change of the daily limit as it was received. Yen a day. Source: SM-10.3a, SM-10.3d. */
export interface LimitChange {
  readonly from: Yen;
  readonly to: Yen;
  readonly applicationAmount: Yen;
  readonly otpActive: boolean;
  readonly receivedAt: Instant;
}

/** The grounds of forced termination. Source: SM-11.4-1 to SM-11.4-6. */
export type TerminationGround =
  | 'suspension_of_payments_or_insolvency'
  | 'whereabouts_unknown'
  | 'fee_unpaid'
  | 'succession_opened'
  | 'dormant'
  | 'other_adequate_cause';

export const holderFacts = {
  holderKind: fact<HolderKind>('choice', '契約者の種類', 'kind of holder'),
  registeredMatter: fact<RegisteredMatter>('choice', '届出事項', 'registered matter'),
  limitChange: fact<LimitChange | undefined>('thing', '取引限度額の変更', 'change of the limit'),
  terminatedBy: fact<'holder' | 'institution'>('choice', '解約を申し出た者', 'who terminates'),
  contractDate: fact<CivilDate>('date', '契約日', 'contract day'),
  objectionDate: fact<CivilDate | undefined>('date', '継続しない旨の申出日', 'day of objection'),
  today: fact<CivilDate>('date', '当日', 'the day asked about'),
  now: fact<Instant>('instant', 'いま', 'the instant asked about'),
  lastUseDate: fact<CivilDate>('date', '最後の利用日', 'day of last use'),
  terminationGround: fact<TerminationGround>('choice', '解約事由', 'ground of termination'),
  terminationForm: fact<string | undefined>(
    'text',
    '解約の書面の番号',
    'number of the written form',
  ),
  arrears: fact<string>('text', '未払手数料の一覧', 'list of unpaid fees'),
  mainAccountCloses: fact<boolean>('flag', '代表口座の解約', 'the main account is closed'),
  contractActive: fact<boolean>('flag', '契約が有効', 'the contract is active'),
  appliedForService: fact<boolean>('flag', 'サービスを申し込んだ', 'applied for the service'),
  requiresApplication: fact<boolean>('flag', '申込みを要するサービス', 'needs an application'),
  sealCheckedBy: fact<string | undefined>('person', '印鑑照合者', 'who checked the seal'),
  formReference: fact<string>('text', '届出書の番号', 'number of the form'),
  holderIsIndividual: fact<Tri>('finding', '個人の契約者である', 'the holder is an individual'),
  branchChangeCause: fact<'holder' | 'institution'>(
    'choice',
    '店舗変更の都合',
    'whose wish the move is',
  ),
} as const;
