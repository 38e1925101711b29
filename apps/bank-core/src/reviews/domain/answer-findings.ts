import type { Words } from '#libs/kernel';
import type { AnswerColumn } from './answer-columns.js';
import { houseSentences } from './review.refusals.js';

/** What one line of a file of answers is wrong in; row 1 is the first below the heading. */
export interface AnswerFinding {
  readonly row: number;
  readonly column: AnswerColumn;
  readonly code: FindingCode;
}

/** Sentences of refusals that one answer meets as well; those of a table alone stand here. */
const SENTENCES = {
  item_unknown: houseSentences.item_unknown,
  evidence_unknown: {
    ja: 'このハッシュの資料は、自社の証拠として預けられていません。',
    en: 'No evidence of yours has this hash.',
  },
  evidence_infected: houseSentences.evidence_infected,
  version_conflict: {
    ja: '書出しの後に、この回答が更新されています。',
    en: 'The answer has changed since it was exported.',
  },
  reason_required: {
    ja: '対象外とする理由が必要です。',
    en: 'Say why the item does not apply.',
  },
  item_repeated: { ja: '同じ項目が二度あります。', en: 'The item is named twice.' },
  cell_wrong: {
    ja: 'この列に入れられない値です。',
    en: 'The column does not take this value.',
  },
} as const satisfies Record<string, Words>;
export type FindingCode = keyof typeof SENTENCES;

/** What a cell may hold, for those in which something else was found. */
const ALLOWED: Readonly<Partial<Record<AnswerColumn, Words>>> = {
  answer: {
    ja: 'met・partly・not_met・not_applicable',
    en: 'met, partly, not_met or not_applicable',
  },
  level: { ja: '0から3', en: '0 to 3' },
  byAlternative: { ja: 'yes・no', en: 'yes or no' },
  plannedOn: { ja: '年-月-日、または空', en: 'YYYY-MM-DD, or nothing' },
  reason: { ja: '4000字以内', en: 'at most 4,000 characters' },
  measures: { ja: '4000字以内', en: 'at most 4,000 characters' },
  evidence: {
    ja: 'SHA-256を空白で区切って20件まで、重複なし',
    en: 'up to 20 SHA-256 hashes with a blank between them, each once',
  },
  version: { ja: '書き出された値', en: 'as it was exported' },
};

/** Where it is and what it is, for people. */
export function findingWords({ row, column, code }: AnswerFinding): Words {
  const { ja, en } = SENTENCES[code];
  const allowed = code === 'cell_wrong' ? ALLOWED[column] : undefined;
  return {
    ja: `${row}行目 ${column}：${ja}${allowed ? `（${allowed.ja}）` : ''}`,
    en: `Row ${row}, ${column}: ${en}${allowed ? ` (${allowed.en})` : ''}`,
  };
}
