import type { Refusal, Words } from '#libs/kernel';
import type { demand } from '../demand.js';
import type { ParameterRefusal, ProposalRefusal } from '../parameter.js';
import type { ChoiceRefusal } from '../readings.js';
import type { withinDailyLimit } from './effective-limit.js';
import type { CancellationRefusal } from './may-cancel-reservation.js';
import type { ProcessingRefusal } from './may-process-request.js';
import type { RecallRefusal } from './may-recall.js';
import type { PartialAwardRefusal } from './partial-award.js';
import type { ProcessingDayRefusal } from './processing-day.js';
import type { RaiseRefusal } from './raise-application-amount.js';
import type { EndingRefusal } from './when-terminated.js';
import type { whichFactors } from './which-factors.js';

type RefusalOf<Answer extends (...given: never[]) => unknown> =
  Extract<ReturnType<Answer>, { readonly ok: false }> extends {
    readonly refusal: infer R extends Refusal;
  }
    ? R['code']
    : never;

export type DecisionCode =
  | RefusalOf<typeof demand>
  | RefusalOf<typeof whichFactors>
  | RefusalOf<typeof withinDailyLimit>
  | (
      | CancellationRefusal
      | ChoiceRefusal
      | EndingRefusal
      | ParameterRefusal
      | PartialAwardRefusal
      | ProcessingDayRefusal
      | ProcessingRefusal
      | ProposalRefusal
      | RaiseRefusal
      | RecallRefusal
    )['code'];

const records = {
  record_incomplete: {
    ja: '必要な事項が入力されていません。',
    en: 'Something that must be supplied is missing.',
  },
  fact_malformed: {
    ja: '入力された値が正しくありません。',
    en: 'A value that was supplied is malformed.',
  },
  second_person_required: {
    ja: '起案した人とは別の人の承認が必要です。',
    en: 'A person other than the one who entered it must approve.',
  },
  parameter_unset: {
    ja: '金融機関が定めるべき値が、この日について設定されていません。',
    en: 'The institution has set no value for this date.',
  },
  parameter_malformed: {
    ja: '値が定められた条件を満たしていません。',
    en: 'The value does not meet its constraint.',
  },
  effective_date_passed: {
    ja: '効力の発生日は明日以降でなければなりません。',
    en: 'The effective date must lie in the future.',
  },
  correction_without_reason: {
    ja: '訂正には理由が必要です。',
    en: 'A correction needs its reason.',
  },
  version_taken: {
    ja: 'この日の版はすでにあります。',
    en: 'There is already a version for this date.',
  },
  reading_unknown: { ja: 'その読み方は登録されていません。', en: 'There is no such reading.' },
  reading_not_selectable: {
    ja: 'その読み方は選べません。',
    en: 'This reading cannot be chosen.',
  },
  signature_required: {
    ja: 'その読み方には弁護士の署名が必要です。',
    en: 'This reading needs the signature of a lawyer.',
  },
} as const;

const transfers = {
  limit_exceeded: { ja: '取引限度額を超えます。', en: 'The daily limit would be exceeded.' },
  second_factor_not_started: {
    ja: 'ワンタイムパスワードまたはメール通知パスワードの利用開始が必要です。',
    en: 'A one-time password or mail password must be started first.',
  },
  outside_service_hours: { ja: 'サービスの時間外です。', en: 'It is outside the service hours.' },
  designated_date_passed: {
    ja: '指定日が過ぎています。',
    en: 'The designated date has passed.',
  },
  designated_date_not_business_day: {
    ja: '指定日が営業日ではありません。',
    en: 'The designated date is no business day.',
  },
  designated_date_out_of_range: {
    ja: '指定日が受け付けられる期間の外です。',
    en: 'The designated date is outside the period for reservations.',
  },
  account_closed: {
    ja: '支払指定口座が解約されています。',
    en: 'The debit account is closed.',
  },
  payment_stopped: { ja: '支払が差し止められています。', en: 'Payment is stopped.' },
  service_stopped: {
    ja: '振込・振替サービスの利用が停止されています。',
    en: 'The transfer service is stopped.',
  },
  insufficient_funds: {
    ja: '支払可能金額を超えています。',
    en: 'The payable amount is exceeded.',
  },
  not_a_reservation: {
    ja: '取り消せるのは指定日を定めた予約だけです。',
    en: 'Only a reservation can be cancelled.',
  },
  not_reserved_any_more: {
    ja: 'この予約はすでに処理または取消しが済んでいます。',
    en: 'This reservation has already been processed or cancelled.',
  },
  cancel_cutoff_passed: {
    ja: '取消しのできる時刻を過ぎています。',
    en: 'The time for cancelling has passed.',
  },
  recall_at_branch_only: {
    ja: '組戻しは窓口でのみ受け付けます。',
    en: 'A recall is taken at the counter only.',
  },
  recall_at_other_branch: {
    ja: '組戻しは支払指定口座の店で受け付けます。',
    en: 'A recall is taken at the branch of the debit account.',
  },
  not_fixed: { ja: '依頼がまだ確定していません。', en: 'The request is not fixed yet.' },
  already_final: { ja: 'この取引はすでに終わっています。', en: 'This transfer has ended.' },
} as const;

const contractsAndClaims = {
  written_form_required: {
    ja: '解約は所定の書面で届け出てください。',
    en: 'Termination needs the written form.',
  },
  form_missing: { ja: '書面の番号がありません。', en: 'The number of the form is missing.' },
  seal_check_missing: {
    ja: '印鑑照合の記録がありません。',
    en: 'There is no record of the seal check.',
  },
  notice_not_arrived: {
    ja: '通知が到達しておらず、到達したともみなせません。',
    en: 'The notice has not arrived and is not deemed to have.',
  },
  above_cap: { ja: '上限金額を超えています。', en: 'It is above the cap.' },
  not_a_raise: {
    ja: '届出金額を増やすものではありません。',
    en: 'It does not raise the amount of the form.',
  },
  award_out_of_bounds: {
    ja: '零から補てん対象額までの額にしてください。',
    en: 'The award must lie between nothing and the covered amount.',
  },
  no_fault_finding_required: {
    ja: '全額の補てんには無過失の認定が必要です。',
    en: 'The full amount needs the finding that the holder is without fault.',
  },
} as const;

/** What people are told when a decision of the contract library refuses. Exhaustive by type. */
export const decisionRefusals: Readonly<Record<DecisionCode, Words>> = {
  ...records,
  ...transfers,
  ...contractsAndClaims,
};
