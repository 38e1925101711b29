import type { TransferRefusal } from './transfer.refusals.js';

/** Refusals after which the holder may look again or come back; the draft lives on until its time is over. */
const LEAVES_THE_DRAFT: ReadonlySet<TransferRefusal> = new Set<TransferRefusal>([
  'not_found',
  'state_conflict',
  'transfer_expired',
  'content_changed',
  'outside_service_hours',
  'ledger_busy',
  'date_not_allowed',
  'parameter_unset',
]);

/** True where a refused confirmation means that the request is not processed (RJCT): SM-3.4-1, SM-5.3-1b. */
export const endsTheDraft = (code: TransferRefusal): boolean => !LEAVES_THE_DRAFT.has(code);
