import type { LetterOf } from '../readings.js';
import type { TransferState } from './transfer.js';

/** What the preview needs to know of one request. */
export interface RequestThroughLink {
  readonly id: string;
  readonly state: TransferState;
}

/** What a stop would do to each request made through the linkage, by its id. */
export interface ImpactPreview {
  readonly completed: readonly string[];
  readonly heldForOfficer: readonly string[];
  readonly cancelled: readonly string[];
  readonly refused: readonly string[];
}

/** What becomes of a reservation under each reading of INT-21. */
const RESERVATION = { A: 'completed', B: 'heldForOfficer', C: 'cancelled' } as const;

/**
 * What a stop of the linkage would do: what was fixed is completed, what is not yet fixed no longer
 * can be. A reservation follows the institution's reading of INT-21: A, it runs on its date.
 */
export function impactPreview(
  requests: readonly RequestThroughLink[],
  reading: LetterOf<'INT-21'>,
): ImpactPreview {
  const through = requests.filter(({ state }) => state.facts.throughIntermediary);
  const ids = (names: readonly string[]) =>
    through.filter(({ state }) => names.includes(state.name)).map(({ id }) => id);
  const preview = { completed: ids(['RSVD', 'PDNG', 'ACSP']), heldForOfficer: [], cancelled: [] };
  const reservations = ids(['SCHD']);
  const where = RESERVATION[reading];
  return {
    ...preview,
    [where]: [...preview[where], ...reservations],
    refused: ids(['RCVD', 'ACTC']),
  };
}
