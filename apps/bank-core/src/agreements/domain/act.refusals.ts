import { machineRefusals, type ChainCode, type StepCode } from '#libs/contracts';
import type { RefusalSentences } from '#libs/kernel';
import { agreementSentences } from './agreement.refusals.js';

/** What the chain machine refuses, and the house's one word: no institution is there to be told. */
export type ActRefusal = ChainCode | StepCode | 'institution_not_covered';

export const actSentences = {
  ...machineRefusals,
  institution_not_covered: agreementSentences.institution_not_covered,
} as RefusalSentences<ActRefusal>;
