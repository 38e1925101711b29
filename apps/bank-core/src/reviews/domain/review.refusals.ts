import { machineRefusals, type ReviewCode, type StepCode } from '#libs/contracts';
import type { RefusalSentences } from '#libs/kernel';

/** Refusals that are no machine's: whether something is there, may be looked at, or can be read at all. */
export const HOUSE_REFUSALS = [
  'institution_not_covered',
  'submission_unknown',
  'partner_unknown',
  'item_unknown',
  'evidence_unknown',
  'evidence_quarantined',
  'evidence_infected',
  'evidence_erased',
  'evidence_too_much',
  'file_too_large',
  'file_empty',
  'file_type_refused',
  'file_malformed',
  'answers_refused',
  'template_unknown',
  'standard_unknown',
  'standard_unchanged',
  'gap_overdue',
  'version_conflict',
] as const;
type HouseRefusal = (typeof HOUSE_REFUSALS)[number];

/** What the libraries refuse, and the words of the house. */
export type ReviewRefusal = ReviewCode | StepCode | HouseRefusal;

const things: Pick<
  RefusalSentences<HouseRefusal>,
  | 'institution_not_covered'
  | 'submission_unknown'
  | 'partner_unknown'
  | 'item_unknown'
  | 'template_unknown'
  | 'standard_unknown'
  | 'standard_unchanged'
  | 'gap_overdue'
  | 'version_conflict'
> = {
  institution_not_covered: {
    ja: 'この電代業者との契約は、この金融機関を対象としていません。',
    en: 'No agreement in force with this intermediary covers the institution.',
    clause: 'RKN-0.2',
  },
  partner_unknown: {
    ja: '連鎖接続先が見つかりません。',
    en: 'There is no such chain partner.',
  },
  submission_unknown: { ja: '点検表が見つかりません。', en: 'There is no such submission.' },
  item_unknown: {
    ja: '現在の基準に、この項目または文言はありません。',
    en: 'No standard in force asks this item in these words.',
    clause: 'RKN-S3b',
  },
  template_unknown: { ja: 'ひな形が見つかりません。', en: 'There is no such template.' },
  standard_unknown: {
    ja: 'この金融機関の基準のこの版はありません。',
    en: 'The institution has no such version of its standard.',
    clause: 'RKN-S3b',
  },
  standard_unchanged: {
    ja: '現在の基準と同じ内容です。',
    en: 'The standard would not differ from the one in force.',
    clause: 'RKN-S3b',
  },
  gap_overdue: {
    ja: '移行期間を過ぎた差異が残っているため、基準を満たすとは認められません。',
    en: 'Gaps remain whose transition is over: the standard is not met.',
    clause: 'RKN-S3b',
  },
  version_conflict: {
    ja: 'ほかの人が先に更新しました。最新の内容を読み直してください。',
    en: 'Somebody else was first. Read it again and decide anew.',
  },
};

const files: Omit<RefusalSentences<HouseRefusal>, keyof typeof things> = {
  evidence_unknown: { ja: '証拠の資料が見つかりません。', en: 'There is no such evidence.' },
  evidence_quarantined: {
    ja: '検査が済んでいない資料は開けません。',
    en: 'A file that has not been examined cannot be opened.',
    clause: 'RKN-S2',
  },
  evidence_infected: {
    ja: '検査で問題が見つかった資料は開けません。',
    en: 'The file was found to be infected and stays closed.',
    clause: 'RKN-S2',
  },
  evidence_erased: {
    ja: '保管の期間が過ぎたため、この資料は消去されました。ハッシュと消去の記録が残っています。',
    en: 'The file was erased when its term was over; its hash and the record of the erasure remain.',
    clause: 'RKN-S2',
  },
  evidence_too_much: {
    ja: '預けられた資料の合計が上限に達しています。',
    en: 'The evidence that was left here has reached its limit altogether.',
    clause: 'RKN-S2',
  },
  file_too_large: {
    ja: 'ファイルが大きすぎます。',
    en: 'The file is larger than is accepted here.',
  },
  file_empty: { ja: 'ファイルが空です。', en: 'The file is empty.', clause: 'RKN-S2' },
  file_type_refused: {
    ja: '受け付けられない種類のファイルか、名前と内容の種類が一致しません。',
    en: 'The file is of a type that is not accepted, or its name says another type.',
    clause: 'RKN-S2',
  },
  file_malformed: {
    ja: 'ファイルの内容に誤りがあります。行と列を確認してください。',
    en: 'The file is not well formed; see the row and the column.',
  },
  answers_refused: {
    ja: '取り込めない行があるため、何も保存していません。各行の指摘を確認してください。',
    en: 'Lines cannot be taken in, so nothing was kept; see what is said of each.',
    clause: 'RKN-S3a',
  },
};

export const houseSentences = { ...things, ...files } as RefusalSentences<HouseRefusal>;
export const reviewSentences = {
  ...machineRefusals,
  ...houseSentences,
} as RefusalSentences<ReviewRefusal>;
