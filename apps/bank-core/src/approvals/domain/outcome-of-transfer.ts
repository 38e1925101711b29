import type { TransferView } from '../../transfers/index.js';
import type { Outcome } from './approval.js';

/**
 * What became of the request of a transfer, by the transfer's own state; nothing while it waits. The
 * transfer is the truth: a page may have lost its answer after the holder confirmed.
 */
export function outcomeOfTransfer(
  transfer: Pick<TransferView, 'status'> | undefined,
): Outcome | undefined {
  switch (transfer?.status) {
    case 'RCVD':
    case 'ACTC':
      return undefined;
    case 'SCHD':
    case 'RSVD':
    case 'ACSP':
    case 'ACSC':
    case 'PDNG':
      return 'approved';
    case 'EXPD':
      return 'expired';
    case 'RJCT':
    case 'CANC':
    case undefined:
      return 'refused';
  }
}
