import type { CivilDate } from '#libs/kernel';
import { fact } from './fact.js';

/** One answered item of a checklist. `protection` is the family of RKN-S2. Source: RKN-S2, RKN-S3a. */
export interface ChecklistAnswer {
  readonly item: string;
  readonly family: 'protection' | 'organisation' | 'user_protection';
  readonly answer: 'met' | 'partly' | 'not_met' | 'not_applicable' | 'unanswered';
  readonly evidence: readonly string[];
}

export const checklistFacts = {
  submissionId: fact<string>('text', '点検表の提出番号', 'submission'),
  submittedOn: fact<CivilDate>('date', '提出日', 'day of submission'),
  checklistAnswers: fact<readonly ChecklistAnswer[]>('list', '点検表の回答', 'answers'),
  standardVersion: fact<string>('text', '基準の版', 'version of the standard'),
  standardItems: fact<readonly string[]>('list', '基準の項目', 'items of the standard'),
} as const;
