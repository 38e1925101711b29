import { machineRefusals, type MachineCode } from '#libs/contracts';
import type { Words } from '#libs/kernel';
import { liabilityRefusals, type LiabilityCode } from '#libs/liability';

/** What the machines of the agreement refuse to an intermediary, in their own words (RKN-S3, S4, C1, C2). */
const OF_MACHINES = [
  'event_repeated',
  'event_ahead_of_clock',
  'event_out_of_order',
  'event_late',
  'another_demand',
  'another_request',
  'partner_already_stopped',
  'period_not_over',
  'submission_incomplete',
  'submission_immutable',
  'contract_incomplete',
  'finding_required',
  'deadline_in_the_past',
  'parameter_unset',
] as const satisfies readonly MachineCode[];

/** What the rules of liability refuse to the intermediary's side of a case (RKN-L). */
const OF_LIABILITY = [
  'agreed_above_paid',
  'agreement_clause_required',
  'agreement_not_accepted',
  'agreement_not_open',
  'already_accepted',
  'amount_negative',
  'amount_not_positive',
  'amount_exceeds_paid',
  'chain_partner_missing',
  'claim_exceeds_agreed',
  'claim_exceeds_paid',
  'claim_exceeds_room',
  'claim_not_open',
  'evidence_missing',
  'evidence_required',
  'facts_contradict',
  'facts_missing',
  'fraud_assessment_required',
  'grounds_missing',
  'instant_malformed',
  'institution_missing',
  'named_twice',
  'not_yet_compensated',
  'payment_exceeds_loss',
  'person_missing',
  'prima_facie_missing',
  'reading_without_figures',
  'second_person_required',
  'split_does_not_add_up',
  'split_missing',
  'version_not_open',
  'version_taken',
] as const satisfies readonly LiabilityCode[];

type OfMachines = (typeof OF_MACHINES)[number];
type OfLiability = (typeof OF_LIABILITY)[number];

function only<Code extends string>(
  codes: readonly Code[],
  all: Readonly<Record<Code, Words>>,
): Readonly<Record<Code, Words>> {
  const picked = codes.map((code) => [code, { ja: all[code].ja, en: all[code].en }]);
  return Object.fromEntries(picked) as Record<Code, Words>;
}

/** What bank-core's own rooms say: whether something is there, and whether a file can be taken at all (T-25). */
const OF_THE_HOUSE = {
  letter_unknown: { ja: '文書が見つかりません。', en: 'There is no such letter.' },
  case_unknown: { ja: '案件が見つかりません。', en: 'There is no such case.' },
  incident_unknown: { ja: '事故の報告が見つかりません。', en: 'There is no such incident.' },
  incident_reported_before: {
    ja: '同じ管理番号の事故がすでに報告されています。続報として報告してください。',
    en: 'An incident with this reference has been reported. Tell more of it as a further report.',
  },
  incident_reports_exhausted: {
    ja: 'この事故について受け付けられる続報の件数を超えています。',
    en: 'No more reports are taken for this incident.',
  },
  statements_exhausted: {
    ja: 'この通知について受け付けられる意見の件数を超えています。',
    en: 'No more statements are taken on this notice.',
  },
  submission_unknown: { ja: '点検表が見つかりません。', en: 'There is no such checklist.' },
  evidence_unknown: { ja: '証拠の資料が見つかりません。', en: 'There is no such evidence.' },
  reason_required: {
    ja: '対象外とする理由が必要です。',
    en: 'Say why the item does not apply.',
    clause: 'RKN-S3b',
  },
  item_unknown: {
    ja: '現在の基準に、この項目または文言はありません。',
    en: 'No standard in force asks this item in these words.',
    clause: 'RKN-S3b',
  },
  standard_unknown: {
    ja: 'この金融機関は基準を公表していません。',
    en: 'The institution has published no standard.',
    clause: 'RKN-S3b',
  },
  application_over: {
    ja: 'この申込みはすでに終わっています。',
    en: 'This application is over.',
  },
  step_not_open: {
    ja: 'この手順は、いまその操作ができる状態ではありません。',
    en: 'The step is not open for this now.',
  },
  steps_left: {
    ja: 'まだ終わっていない手順があります。',
    en: 'Steps are left to do.',
  },
  evidence_infected: {
    ja: '検査で問題が見つかった資料は使えません。',
    en: 'The file was found to be infected and is of no use.',
    clause: 'RKN-S2',
  },
  evidence_erased: {
    ja: '保管の期間が過ぎたため、この資料は消去されました。',
    en: 'The file was erased when its term was over. Send it again to use it.',
    clause: 'RKN-S2',
  },
  file_too_large: {
    ja: 'ファイルが大きすぎます。',
    en: 'The file is larger than is accepted here.',
  },
  file_empty: { ja: 'ファイルが空です。', en: 'The file is empty.' },
  file_type_refused: {
    ja: '受け付けられない種類のファイルか、名前と内容の種類が一致しません。',
    en: 'The file is of a type that is not accepted, or its name says another type.',
    clause: 'RKN-S2',
  },
  answers_refused: {
    ja: '取り込めない行があるため、何も保存していません。各行の指摘を確認してください。',
    en: 'Lines cannot be taken in, so nothing was kept; see what is said of each.',
    clause: 'RKN-S3a',
  },
  file_malformed: { ja: 'ファイルの内容に誤りがあります。', en: 'The file is not well formed.' },
  text_changed: {
    ja: '承諾しようとした文面が、記録された文面と一致しません。',
    en: 'What was to be accepted is not the text that was recorded.',
    clause: 'RKN-L2b',
  },
  document_too_large: {
    ja: 'この文書は大きすぎて描画できません。JSON をご利用ください。',
    en: 'The document is too large to be drawn. Ask for its JSON.',
  },
} as const satisfies Record<string, Words & { readonly clause?: string }>;
type OfTheHouse = keyof typeof OF_THE_HOUSE;

/** Every refusal of bank-core that concerns an intermediary's own duties, cases, letters and checklists. */
export const ownAffairsSentences: Readonly<
  Record<OfMachines | OfLiability | OfTheHouse, Words & { readonly clause?: string }>
> = {
  ...only<OfMachines>(OF_MACHINES, machineRefusals),
  ...only<OfLiability>(OF_LIABILITY, liabilityRefusals),
  ...OF_THE_HOUSE,
};

export type OwnAffairsCode = keyof typeof ownAffairsSentences;
