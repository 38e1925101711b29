import type { Words } from '#libs/kernel';
import { ownAffairsSentences } from './own-affairs.refusals.js';

type Sentence = Words & { readonly clause?: string };

/** Every refusal of bank-core that an intermediary may see, and what silence becomes. */
export const coreSentences = {
  ...ownAffairsSentences,
  unknown_bank: {
    ja: '金融機関コードが見つかりません。',
    en: 'There is no institution with this bank code.',
  },
  unknown_branch: { ja: '店番が見つかりません。', en: 'There is no branch with this code.' },
  account_type_not_allowed: {
    ja: 'この預金種目は使えません。',
    en: 'This account type cannot be used here.',
    clause: 'SM-5.1-1',
  },
  account_number_invalid: {
    ja: '口座番号は7桁の数字です。',
    en: 'An account number has seven digits.',
  },
  payee_name_invalid: {
    ja: '受取人名に使えない文字があるか、長すぎます。',
    en: 'The payee name holds a character that cannot be sent, or is too long.',
  },
  amount_out_of_range: {
    ja: '金額は1円以上1兆円以下の整数です。',
    en: 'The amount is a whole number of yen from 1 to 1,000,000,000,000.',
  },
  date_not_allowed: {
    ja: 'この日付は指定できません。',
    en: 'This date cannot be asked for.',
  },
  edi_text_invalid: {
    ja: 'EDI情報に使えない文字があるか、長すぎます。',
    en: 'The EDI text holds a character that cannot be sent, or is too long.',
  },
  instruction_id_reused: {
    ja: '同じ instruction_id で異なる内容がすでに受け付けられています。',
    en: 'This instruction_id was already used with other content.',
  },
  debit_not_registered: {
    ja: '引落口座がサービス利用口座ではありません。',
    en: 'The debit account is not registered for the service.',
    clause: 'SM-5.1-1',
  },
  function_not_offered: {
    ja: 'この金融機関はこの機能を提供していません。',
    en: 'This institution does not offer this function.',
    clause: 'RKN-D4',
  },
  institution_not_covered: {
    ja: 'この金融機関との契約の対象ではありません。',
    en: 'The agreement does not cover this institution.',
    clause: 'RKN-0.2',
  },
  linkage_restricted: {
    ja: '連携が制限されています。',
    en: 'The linkage is restricted.',
    clause: 'RKN-S4c',
  },
  linkage_suspended: {
    ja: '連携が停止されています。',
    en: 'The linkage is suspended.',
    clause: 'RKN-S4c',
  },
  linkage_terminated: {
    ja: '連携は終了しています。',
    en: 'The linkage has ended.',
    clause: 'RKN-S4c',
  },
  chain_partner_unknown: {
    ja: '連鎖接続先が登録されていません。',
    en: 'There is no such chain partner.',
    clause: 'RKN-C1a',
  },
  chain_partner_stopped: {
    ja: 'この連鎖接続先との連鎖接続は停止されています。',
    en: 'The chain connection with this partner has been stopped.',
    clause: 'RKN-C2b',
  },
  chain_partner_scope: {
    ja: '連鎖接続先の契約の範囲外です。',
    en: "This is outside the chain partner's contract.",
    clause: 'RKN-C1a',
  },
  consent_revoked: {
    ja: '利用者の同意は撤回されています。',
    en: 'The consent was revoked.',
    clause: 'RKN-S1',
  },
  consent_expired: {
    ja: '利用者の同意の期限が切れています。',
    en: 'The consent has expired.',
    clause: 'RKN-S1',
  },
  customer_left: {
    ja: '利用者はサービスの契約を終了しています。',
    en: 'The customer has left the service.',
    clause: 'RKN-D6',
  },
  permission_not_granted: {
    ja: '利用者はこの照会に同意していません。',
    en: 'The consent does not hold this permission.',
    clause: 'RKN-S1',
  },
  term_not_longer: {
    ja: '延長後の期間が、今の期間より長くありません。',
    en: 'The term asked for is not longer than the present one.',
    clause: 'RKN-S1',
  },
  holder_unavailable: {
    ja: '現在この利用者の情報は取り扱えません。',
    en: 'This holder cannot be served at the moment.',
  },
  period_too_long: {
    ja: '照会できる期間を超えています。',
    en: 'The period is longer than can be asked for.',
  },
  same_account: {
    ja: '引落口座と受取口座が同じです。',
    en: 'The payer and the payee account are the same.',
  },
  limit_exceeded: {
    ja: '限度額を超えています。',
    en: 'The limit is exceeded.',
    clause: 'SM-5.3-1b',
  },
  contract_period_wrong: {
    ja: '連鎖接続先との契約の期間が正しくないか、すでに終わっています。',
    en: 'The contract with the partner ends before it begins, or has ended.',
    clause: 'RKN-C1a',
  },
  functions_and_directions_differ: {
    ja: '連鎖接続の方向（INFO_OUT・INSTRUCTION_IN）と機能が一致していません。',
    en: 'The directions of the connection and its functions do not agree.',
    clause: 'RKN-C1a',
  },
  not_a_chain_partner: {
    ja: '利用者と代行業者の間に立つ法令上の再委託者ではないため、連鎖接続先にはあたりません。',
    en: 'By law this firm is no chain partner: it does not stand between user and intermediary.',
    clause: 'RKN-D2',
  },
  partner_scope_too_wide: {
    ja: '連鎖接続先の範囲が、代行業者自身のサービスの範囲を超えています。',
    en: "The partner's scope goes beyond what the intermediary's own services do.",
    clause: 'RKN-C1a',
  },
  proposal_closed: {
    ja: '変更できるのは審査を待つ届出だけです。契約済みの連鎖接続先は、新しい届出か連合会の手続で変わります。',
    en: 'Only a waiting proposal can be changed; what is contracted, by a new one or the federation.',
    clause: 'RKN-C1a',
  },
  too_many_proposals: {
    ja: '審査を待つ届出が多すぎます。不要なものを取り下げてください。',
    en: 'Too many proposals are waiting. Withdraw those that are not needed.',
  },
  version_conflict: {
    ja: '読み取った後に変更されています。もう一度読み取ってください。',
    en: 'It has changed since it was read. Read it again.',
  },
  observed_in_future: {
    ja: '観測時刻が現在より後になっています。',
    en: 'A signal was observed later than now.',
  },
  too_many_risk_signals: {
    ja: 'この依頼について受け付けられるリスク情報の件数を超えています。',
    en: 'No more risk signals are taken for this transfer.',
  },
  idempotency_in_progress: {
    ja: '同じ Idempotency-Key の依頼を処理しています。少し待ってから同じ内容で送ってください。',
    en: 'A request with this Idempotency-Key is being handled. Send the same again shortly.',
  },
  idempotency_key_reused: {
    ja: 'この Idempotency-Key は、内容の異なる依頼に使われています。',
    en: 'This Idempotency-Key was used for a request with other content.',
  },
  quota_exceeded: {
    ja: '上限に達しました。policy と Retry-After をご確認ください。',
    en: 'A limit is reached. See the policy and Retry-After.',
  },
  outside_service_hours: {
    ja: 'サービス時間外です。',
    en: 'This is outside service hours.',
    clause: 'SM-4.1-2',
  },
  maintenance: {
    ja: 'この金融機関は計画停止中です。until の時刻より後に再度お試しください。',
    en: 'The institution has announced this outage. Please try again after the time of until.',
  },
  validation_failed: {
    ja: '送信された内容に誤りがあります。',
    en: 'The request is not well formed.',
  },
  state_conflict: {
    ja: '現在の状態ではこの操作はできません。',
    en: 'This is not possible in the present state.',
  },
  not_found: {
    ja: '該当するものが見つかりません。',
    en: 'There is nothing here that you may see.',
  },
  core_unavailable: {
    ja: '金融機関のシステムが応答していません。しばらくしてから再度お試しください。',
    en: 'The bank does not answer at the moment. Please try again shortly.',
  },
  outcome_unknown: {
    ja: '結果を確認できませんでした。instruction_id で状態を照会してください。',
    en: 'The outcome is not known. Read the state by instruction id.',
  },
} as const satisfies Record<string, Sentence>;

export type CoreCode = keyof typeof coreSentences;

export const isCoreCode = (code: string): code is CoreCode => Object.hasOwn(coreSentences, code);
