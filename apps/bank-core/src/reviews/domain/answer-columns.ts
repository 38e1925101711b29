/** The columns of a checklist's answers as CSV; the order is part of the form. */
export const ANSWER_COLUMNS = [
  'itemId',
  'wording',
  'goalJa',
  'goalEn',
  'answer',
  'level',
  'byAlternative',
  'plannedOn',
  'reason',
  'measures',
  'evidence',
  'version',
] as const;
export type AnswerColumn = (typeof ANSWER_COLUMNS)[number];
export type AnswerRow = Readonly<Record<AnswerColumn, string>>;
