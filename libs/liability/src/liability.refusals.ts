import type { Words } from '#libs/kernel';

/** What a person is told when a claim, a question, an entry or an event cannot be taken. */
export const liabilityRefusals = {
  agreed_above_paid: {
    ja: '合意額が支払額を超えています。',
    en: 'The agreed amount is above what was paid.',
  },
  agreement_clause_required: {
    ja: '根拠とするサービス契約の条項が必要です。',
    en: 'The clause of the service agreement relied on is missing.',
  },
  agreement_not_accepted: {
    ja: '双方の承諾があるまで請求できません。',
    en: 'There is no claim before both sides have accepted an amount.',
  },
  agreement_not_open: {
    ja: '支払った側の責めとされており、合意の対象ではありません。',
    en: 'The payer itself was found responsible: there is nothing to agree on.',
  },
  already_accepted: {
    ja: 'この版はすでに承諾されています。',
    en: 'This version has already been accepted.',
  },
  award_out_of_bounds: {
    ja: '零から補てん対象額までの間で決めます。',
    en: 'The amount must lie between nothing and the covered amount.',
  },
  amount_negative: { ja: '負の金額は受け付けません。', en: 'The amount is below zero.' },
  amount_not_positive: { ja: '金額は1円以上です。', en: 'The amount must be at least one yen.' },
  chain_partner_missing: {
    ja: '連鎖接続先の指定が必要です。',
    en: 'The chain partner is not named.',
  },
  claim_exceeds_agreed: {
    ja: '合意した額を超えて求償できません。',
    en: 'The claim is above what was agreed.',
  },
  claim_exceeds_paid: {
    ja: '支払った額を超えて求償できません。',
    en: 'The claim is above what was paid.',
  },
  claim_exceeds_room: {
    ja: 'すでに回収した額を除いた残りを超えています。',
    en: 'The claim is above what is left after what was recovered.',
  },
  claim_not_open: {
    ja: 'この当事者による求償の定めに当たりません。',
    en: 'No recourse of this side is open on that decision.',
  },
  date_malformed: { ja: '存在しない日付です。', en: 'There is no such date.' },
  determination_not_open: {
    ja: '人が額を決める場合に当たりません。',
    en: 'There is no amount for people to set here.',
  },
  event_ahead_of_clock: {
    ja: 'まだ来ていない時刻です。',
    en: 'It bears a time that has not come yet.',
  },
  event_out_of_order: {
    ja: '出来事は記録の順に受け付けます。',
    en: 'Events are taken in the order in which they are recorded.',
  },
  event_repeated: {
    ja: 'この案件はすでに開かれています。',
    en: 'The case has already been opened.',
  },
  evidence_missing: { ja: '証拠が必要です。', en: 'Evidence is missing.' },
  evidence_required: {
    ja: '原因の認定には証拠が必要です。',
    en: 'A cause is found on evidence only.',
  },
  facts_contradict: { ja: '事実が互いに矛盾しています。', en: 'The facts contradict each other.' },
  facts_missing: {
    ja: '求償を決める事実が確認されていません。',
    en: 'Facts that decide about recourse have not been established.',
  },
  fraud_assessment_required: {
    ja: '不正払戻しでは免責だけでは足りず、申し合わせによる検討が必要です。',
    en: 'For fraud the exemption is not enough: the assessment under the policy comes first.',
  },
  no_fault_finding_required: {
    ja: '全額の補てんには、無過失の認定が必要です。',
    en: 'The full amount needs the finding that the holder was without fault.',
  },
  grounds_missing: { ja: '理由の記載が必要です。', en: 'The grounds are missing.' },
  instant_malformed: { ja: '時刻が正しくありません。', en: 'There is no such instant.' },
  institution_missing: { ja: '金融機関の指定が必要です。', en: 'The institution is not named.' },
  named_twice: { ja: '同じものが二度記されています。', en: 'The same thing is named twice.' },
  not_yet_compensated: {
    ja: '利用者への支払がまだありません。',
    en: 'The user has not been compensated yet.',
  },
  notice_time_missing: {
    ja: '組合への通知の時刻が必要です。',
    en: 'The time of the notice is missing.',
  },
  payment_exceeds_loss: {
    ja: '利用者への支払が損害を超えます。',
    en: 'The user would be paid more than the loss.',
  },
  periods_overlap: {
    ja: '同じ事情の期間が重なっています。',
    en: 'Periods of one circumstance overlap.',
  },
  person_missing: { ja: '判断した人の記載が必要です。', en: 'The person who decided is missing.' },
  prima_facie_missing: {
    ja: '合意により疎明資料が必要です。',
    en: 'A showing at first sight was agreed to be needed.',
  },
  reading_without_figures: {
    ja: 'この解釈に必要な数値が定められていません。',
    en: 'The figures that this reading needs have not been set.',
  },
  amount_exceeds_paid: {
    ja: '回収が支払を超えます。',
    en: 'More would be recovered than was paid.',
  },
  second_person_required: {
    ja: '別の人の承認が必要です。',
    en: 'A second, different person must approve.',
  },
  split_does_not_add_up: {
    ja: '各金融機関の分担の合計が求償額と一致しません。',
    en: 'The shares of the institutions do not add up to the claim.',
  },
  split_missing: {
    ja: '複数の金融機関への求償には分担の記載が必要です。',
    en: 'A claim against several institutions must state each share.',
  },
  state_conflict: {
    ja: 'いまの状態ではこの手続はできません。',
    en: 'The present state does not allow this step.',
  },
  time_missing: { ja: '記録の時刻が必要です。', en: 'The time of the record is missing.' },
  transfers_missing: {
    ja: '不正な振込等が一件も記されていません。',
    en: 'No wrongful transfer is named.',
  },
  version_not_open: {
    ja: '承諾できるのは最新の版だけです。',
    en: 'Only the latest version can be accepted.',
  },
  version_taken: {
    ja: '版の番号は順に一つずつ進みます。',
    en: 'Versions are numbered one by one.',
  },
} as const satisfies Readonly<Record<string, Words>>;

export type LiabilityCode = keyof typeof liabilityRefusals;
