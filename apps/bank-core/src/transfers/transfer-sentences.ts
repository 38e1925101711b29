import type { RefusalSentences } from '#libs/platform';
import { ledgerSentences } from '../accounts/index.js';
import { institutionSentences } from '../institutions/index.js';
import { limitSentences } from '../limits/index.js';
import {
  accessSentences,
  confirmationSentences,
  contentSentences,
  type TransferRefusal,
} from './domain/transfer.refusals.js';

/** Every refusal of this room with both sentences; those of lower rooms stand in their rooms. */
export const transferSentences: RefusalSentences<TransferRefusal> = {
  ...accessSentences,
  ...contentSentences,
  ...confirmationSentences,
  ...limitSentences,
  ...ledgerSentences,
  ...institutionSentences,
};
