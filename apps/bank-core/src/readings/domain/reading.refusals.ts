import { decisionRefusals, type ChoiceRefusal } from '#libs/contracts';
import type { RefusalSentences } from '#libs/kernel';

/** The library's words; a second choice for one day is its `version_taken`. */
export type ReadingRefusal = ChoiceRefusal['code'] | 'version_taken';

const {
  reading_unknown,
  reading_not_selectable,
  signature_required,
  second_person_required,
  effective_date_passed,
  version_taken,
} = decisionRefusals;

export const readingSentences: RefusalSentences<ReadingRefusal> = {
  reading_unknown,
  reading_not_selectable,
  signature_required,
  second_person_required,
  effective_date_passed,
  version_taken,
};
