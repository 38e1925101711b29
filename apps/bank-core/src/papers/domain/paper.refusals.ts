import { decisionRefusals } from '#libs/contracts';
import type { RefusalSentences } from '#libs/kernel';

/** The library's two, and that of the house for a holder who is not there. */
export type PaperRefusal = 'seal_check_missing' | 'fact_malformed' | 'paper_holder_unknown';

const { seal_check_missing, fact_malformed } = decisionRefusals;

export const paperSentences: RefusalSentences<PaperRefusal> = {
  seal_check_missing: { ...seal_check_missing, clause: 'SM-13.5' },
  fact_malformed,
  paper_holder_unknown: {
    ja: '書面の契約者が見つかりません。',
    en: 'The holder named on the paper is not known here.',
  },
};
