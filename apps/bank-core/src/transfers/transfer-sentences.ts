import type { RefusalSentences } from '#libs/platform';
import { ledgerSentences, orderSentences } from '../accounts/index.js';
import { trafficSentences } from '../consents/index.js';
import { institutionSentences } from '../institutions/index.js';
import { limitSentences } from '../limits/index.js';
import {
  confirmationSentences,
  contentSentences,
  type TransferRefusal,
} from './domain/transfer.refusals.js';

/** Every refusal of this room with both sentences; those of lower rooms stand in their rooms. */
export const transferSentences: RefusalSentences<TransferRefusal> = {
  ...trafficSentences,
  ...contentSentences,
  ...confirmationSentences,
  ...limitSentences,
  ...ledgerSentences,
  ledger_busy: orderSentences.ledger_busy,
  ...institutionSentences,
};
