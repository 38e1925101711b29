import {
  impactPreview,
  type ImpactPreview,
  type LetterOf,
  type RemovedRight,
  type TransferState,
} from '#libs/contracts';
import type { ReachedFunctions } from '../../consents/index.js';
import type { OpenRequests } from '../../transfers/index.js';

export interface ImpactOnRequests {
  readonly count: number;
  readonly ids: readonly string[];
}

/** What a measure would do at one institution. */
export interface Impact {
  readonly consents: number;
  readonly users: number;
  readonly requests: Readonly<Record<keyof ImpactPreview, ImpactOnRequests>>;
  /** Of those that are completed, held or cancelled: the ones that wait for their date. */
  readonly reservations: number;
}

/** The functions that a measure takes away, by whose calls it reaches. */
export function reachedFunctions(removed: readonly RemovedRight[]): ReachedFunctions {
  const of = (reach: string) =>
    removed.filter((one) => one.reach === reach).map(({ right }) => right);
  const partners = new Set(
    removed.map(({ reach }) => reach).filter((one) => one.startsWith('cp_')),
  );
  return {
    all: of('all'),
    direct: of('direct'),
    chained: of('chained'),
    partners: [...partners].map((partnerId) => ({ partnerId, functions: of(partnerId) })),
  };
}

const NOTHING: ImpactOnRequests = { count: 0, ids: [] };
const SHOWN_MAX = 100;

/**
 * What becomes of the open requests is asked of the contract once per state, and counted: a million requests are
 * judged like one. Source: RKN-S4c/e, INT-21.
 */
export function impactOnRequests(
  open: readonly OpenRequests[],
  reading: LetterOf<'INT-21'>,
): Impact['requests'] {
  const states = open.map(({ status }) => ({
    id: status,
    // The contract looks at the state's name and whose request it is, and at nothing else of it.
    state: { name: status, facts: { throughIntermediary: true } } as unknown as TransferState,
  }));
  const preview = impactPreview(states, reading);
  const sum = (statuses: readonly string[]): ImpactOnRequests =>
    open
      .filter(({ status }) => statuses.includes(status))
      .reduce(
        (one, other) => ({
          count: one.count + other.count,
          ids: [...one.ids, ...other.ids].slice(0, SHOWN_MAX),
        }),
        NOTHING,
      );
  return {
    completed: sum(preview.completed),
    heldForOfficer: sum(preview.heldForOfficer),
    cancelled: sum(preview.cancelled),
    refused: sum(preview.refused),
  };
}

/** Reservations wait for their date in this state of the contract's machine. */
export const reservationsAmong = (open: readonly OpenRequests[]): number =>
  open.filter(({ status }) => status === 'SCHD').reduce((sum, { count }) => sum + count, 0);
