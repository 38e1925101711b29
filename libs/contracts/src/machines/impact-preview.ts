import type { TransferState } from './transfer.js';

/** What the preview needs to know of one request. */
export interface RequestThroughLink {
  readonly id: string;
  readonly state: TransferState;
}

/**
 * What a stop of the linkage would do to the requests made through it: those that were fixed are
 * completed, reservations included; those not yet fixed can no longer be. Source: RKN-S4c/e, INT-21.
 */
export function impactPreview(requests: readonly RequestThroughLink[]): {
  readonly completed: readonly string[];
  readonly refused: readonly string[];
} {
  const through = requests.filter(({ state }) => state.facts.throughIntermediary);
  const ids = (names: readonly string[]) =>
    through.filter(({ state }) => names.includes(state.name)).map(({ id }) => id);
  return {
    completed: ids(['SCHD', 'RSVD', 'PDNG', 'ACSP']),
    refused: ids(['RCVD', 'ACTC']),
  };
}
