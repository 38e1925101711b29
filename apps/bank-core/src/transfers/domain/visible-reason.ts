/** Reasons that lie on the holder's side: an intermediary gets one neutral code for all of them (T-29). */
const HOLDER_SIDE = new Set([
  'account_closed',
  'payment_stopped',
  'service_stopped',
  'holder_unavailable',
  'debit_account_unknown',
]);

export const visibleReason = (reason: string | null): string | null =>
  reason !== null && HOLDER_SIDE.has(reason) ? 'holder_unavailable' : reason;
