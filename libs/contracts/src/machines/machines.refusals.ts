import type { Words } from '#libs/kernel';
import type { ChainCode } from './chain-stop.js';
import type { ConsentCode } from './consent.js';
import type { ContractCode } from './internet-banking-contract.js';
import type { LinkCode } from './link.js';
import type { MailPasswordCode } from './mail-password.js';
import type { TokenCode } from './one-time-password-token.js';
import type { HoldCode } from './protective-hold.js';
import type { ReviewCode } from './security-review.js';
import type { StepCode } from './step.js';
import type { TransferCode } from './transfer.js';

export type MachineCode =
  | StepCode
  | TransferCode
  | LinkCode
  | ConsentCode
  | HoldCode
  | ReviewCode
  | ChainCode
  | TokenCode
  | MailPasswordCode
  | ContractCode;

/** What a person is told when a machine refuses an event. Each code has both languages. */
export const machineRefusals: Readonly<Record<MachineCode, Words>> = {
  event_repeated: {
    ja: 'この出来事はすでに受け付けています。',
    en: 'This event has already been taken in.',
  },
  event_ahead_of_clock: {
    ja: '出来事の時刻がまだ来ていません。',
    en: 'The event bears a time that has not come yet.',
  },
  event_out_of_order: {
    ja: 'いまの状態ではこの手続はできません。',
    en: 'The present state does not allow this step.',
  },
  event_late: { ja: '期限を過ぎています。', en: 'The time allowed is over.' },
  deadline_not_open: { ja: 'この期限は進行していません。', en: 'No such deadline is running.' },
  period_not_over: { ja: '期間がまだ満了していません。', en: 'The period is not over yet.' },
  identity_mismatch: {
    ja: '本人確認ができませんでした。',
    en: 'The identity check did not match.',
  },
  linkage_suspended: {
    ja: 'この連携は金融機関の措置により利用できません。',
    en: 'The institution has stopped this linkage.',
  },
  debit_day_missing: { ja: '引落しの日が必要です。', en: 'The day of the debit is missing.' },
  cancel_cutoff_missing: {
    ja: '取消しができる期限が必要です。',
    en: 'The cut-off for cancelling is missing.',
  },
  not_before_designated_date: {
    ja: '指定日より前には処理できません。',
    en: 'It cannot be processed before its date.',
  },
  not_through_a_link: {
    ja: '連携を通じた依頼ではありません。',
    en: 'The request was not made through a linkage.',
  },
  not_cancellable: {
    ja: '確定した依頼のうち取り消せるのは予約だけです。',
    en: 'Of the requests fixed, only a reservation can be cancelled.',
  },
  cancel_too_late: {
    ja: '取消しの受付時間を過ぎています。',
    en: 'The time for cancelling is over.',
  },
  grounds_required: {
    ja: '判断の事由と証拠を記録してください。',
    en: 'Record the grounds of the judgement and their evidence.',
  },
  branch_required: {
    ja: '支払指定口座の取引店で受け付けます。',
    en: 'Only the branch of the debit account can do this.',
  },
  already_credited_back: {
    ja: '資金はすでに口座に戻されています。',
    en: 'The funds have already been credited back.',
  },
  reason_required: { ja: '理由を記入してください。', en: 'State the reason.' },
  deadline_in_the_past: {
    ja: '期限はいまより後に定めてください。',
    en: 'Set an end that lies ahead.',
  },
  not_own_linkage: {
    ja: '他の金融機関の連携には措置をとれません。',
    en: 'An institution acts on its own linkage only.',
  },
  four_eyes_required: {
    ja: '起案者と異なる者の承認が必要です。',
    en: 'A second person must approve.',
  },
  demand_not_arrived: {
    ja: '求めが相手に届いていません。',
    en: 'The demand has not arrived.',
  },
  judged_before_period_over: {
    ja: '期間の満了前の判断は根拠になりません。',
    en: 'A judgement made before the period was over does not count.',
  },
  parameter_unset: {
    ja: '必要な値をこの金融機関がまだ定めていません。',
    en: 'The institution has not set a value that is needed.',
  },
  notice_not_delivered: {
    ja: '事前の通知がまだ届いていないか、届いて間がありません。',
    en: 'The prior notice has not arrived, or not long enough ago.',
  },
  scope_empty: { ja: '対象の範囲を選んでください。', en: 'Choose what the measure removes.' },
  scope_is_everything: {
    ja: 'すべてを除く措置は制限ではなく停止です。',
    en: 'A measure that removes everything is a suspension, not a restriction.',
  },
  scope_not_everything: {
    ja: '一部だけを除く措置は停止ではなく制限です。',
    en: 'A measure that leaves something is a restriction, not a suspension.',
  },
  measure_known: { ja: 'この措置はすでに行われています。', en: 'This measure is in force.' },
  measure_unknown: { ja: 'この措置は行われていません。', en: 'This measure is not in force.' },
  hold_over: { ja: '緊急の停止の終期を過ぎています。', en: 'The hold is past its latest end.' },
  hold_known: { ja: 'この緊急の停止は行われています。', en: 'This hold is in force.' },
  hold_unknown: { ja: 'この緊急の停止は行われていません。', en: 'This hold is not in force.' },
  wording_missing: {
    ja: '表示した文面の記録が必要です。',
    en: 'The record of the wording shown is missing.',
  },
  no_account_chosen: { ja: '口座を選んでください。', en: 'Choose at least one account.' },
  not_frozen_for_that: {
    ja: 'その理由では凍結されていません。',
    en: 'It is not frozen for that reason.',
  },
  already_frozen_for_that: {
    ja: 'その理由ですでに凍結されています。',
    en: 'It is already frozen for that reason.',
  },
  not_longer: { ja: '期間が延びていません。', en: 'That is no longer than the present term.' },
  consent_not_single_use: {
    ja: '継続する同意は使い切りになりません。',
    en: 'A standing consent is not used up.',
  },
  basis_not_selectable: {
    ja: '緊急の停止の根拠として選べません。',
    en: 'A hold cannot rest on that basis.',
  },
  hold_too_long: {
    ja: '終期は定められた長さの内に置いてください。',
    en: 'The latest end must lie within the longest duration set.',
  },
  demand_required: {
    ja: '改善の求めを先に記録してください。',
    en: 'Record the improvement demand first.',
  },
  submission_incomplete: {
    ja: '回答または証拠のない項目があります。',
    en: 'Items without an answer or evidence remain.',
  },
  submission_immutable: {
    ja: '提出した点検表は変えられません。新しく提出してください。',
    en: 'A submitted checklist does not change; submit a new one.',
  },
  item_required: {
    ja: '基準の項目を挙げてください。',
    en: 'Name the items of the standard concerned.',
  },
  demand_known: {
    ja: '新しい求めとして記録してください。',
    en: 'Record it as a demand of its own.',
  },
  another_demand: { ja: '別の求めについての記録です。', en: 'This speaks of another demand.' },
  scope_and_kind_differ: {
    ja: 'すべてを除くのが停止、一部を除くのが制限です。',
    en: 'To remove everything is a suspension, to remove a part a restriction.',
  },
  not_as_announced: {
    ja: '通知した措置と異なります。',
    en: 'That is not what the notice announced.',
  },
  contract_incomplete: {
    ja: '連鎖接続の方法と内容を記載してください。',
    en: 'State the method and the content of the chain connection.',
  },
  finding_required: {
    ja: '問題点と指示の内容を記載してください。',
    en: 'State the finding and the instruction.',
  },
  explanation_required: {
    ja: '理由を説明するか、説明できない訳を記録してください。',
    en: 'Explain the reason, or record why it is withheld.',
  },
  another_request: { ja: '別の求めについての記録です。', en: 'This speaks of another request.' },
  partner_already_stopped: {
    ja: 'この連鎖接続先はすでに停止されています。',
    en: 'The partner has already been stopped.',
  },
  start_password_weak: {
    ja: '利用開始パスワードが決まりに合いません。',
    en: 'The start password does not meet the rules.',
  },
  factors_missing: {
    ja: 'この手続には追加の認証が必要です。',
    en: 'This step needs further authentication.',
  },
  otp_mismatch: {
    ja: 'ワンタイムパスワードが一致しません。',
    en: 'The one-time password does not match.',
  },
  otp_outside_window: {
    ja: 'ワンタイムパスワードの時間が合いません。',
    en: 'The one-time password belongs to another time.',
  },
  otp_replayed: {
    ja: 'このワンタイムパスワードはすでに使われています。',
    en: 'This one-time password has been used.',
  },
  proof_missing: {
    ja: '解除には現在の番号か取引店での手続が必要です。',
    en: 'Deactivation needs a current code or the branch.',
  },
  operation_not_designated: {
    ja: 'この取引ではメール通知パスワードを使いません。',
    en: 'This operation uses no mail password.',
  },
  resend_limit_reached: {
    ja: '再送の回数の上限に達しました。',
    en: 'No further mail password can be sent now.',
  },
  other_session: {
    ja: 'このログインで送られたものではありません。',
    en: 'It was sent in another session.',
  },
  other_draft: {
    ja: '別の依頼のために送られたものです。',
    en: 'It was sent for another request.',
  },
  mail_password_mismatch: {
    ja: 'メール通知パスワードが一致しません。',
    en: 'The mail password does not match.',
  },
  address_missing: { ja: 'メールアドレスが必要です。', en: 'A mail address is needed.' },
  temporary_password_expired: {
    ja: '仮パスワードの期限が切れています。取引店にお申し出ください。',
    en: 'The temporary password has expired; ask the branch.',
  },
  written_form_required: {
    ja: '所定の書面による届出が必要です。',
    en: 'A written form is needed.',
  },
  evidence_required: { ja: '証拠を記録してください。', en: 'Record the evidence.' },
  cause_required: { ja: '事由を記載してください。', en: 'State the cause.' },
  account_required: { ja: '口座を指定してください。', en: 'Name the account.' },
  apply_anew: {
    ja: '代表口座の取引店は、解約して申し込み直すことで変更します。',
    en: 'To move the main account, terminate and apply anew.',
  },
};
