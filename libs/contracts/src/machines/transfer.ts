import type { Instant } from '#libs/kernel';
import { begin, step, type Machine } from './step.js';
import { aftercareRows } from './transfer/aftercare.js';
import { transferDuties } from './transfer/duties.js';
import { fixingRows } from './transfer/fixing.js';
import { formationRows } from './transfer/formation.js';
import type {
  TransferCode,
  TransferEvent,
  TransferFacts,
  TransferState,
  TransferStatus,
} from './transfer/facts.js';

export type {
  Aftercare,
  TransferCode,
  TransferEvent,
  TransferFacts,
  TransferState,
  TransferStatus,
  TransferTiming,
} from './transfer/facts.js';

/** The transfer request from receipt to its end: SM-R3.2, 3.4, 5.2, 5.4, 5.5. */
export const transferMachine: Machine<TransferStatus, TransferFacts, TransferEvent, TransferCode> =
  {
    name: 'transfer',
    initial: 'RCVD',
    terminal: ['RJCT', 'CANC', 'EXPD'],
    resting: ['ACSC'],
    rows: [...fixingRows, ...formationRows, ...aftercareRows],
    duties: transferDuties,
  };

/** A request as received. `timing` says how it will be treated once it is fixed (SM-R3.1). */
export const beginTransfer = (
  facts: Pick<TransferFacts, 'timing' | 'throughIntermediary'>,
  now: Instant,
): TransferState => begin(transferMachine, { ...facts, aftercare: 'none' }, now);

/** Takes one event into a transfer. Source: SM-R3.2, SM-3.4, SM-5.2, SM-5.4, SM-5.5. */
export const stepTransfer = (state: TransferState, event: TransferEvent, now: Instant) =>
  step(transferMachine, state, event, now);
