import type { Instant } from '#libs/kernel';
import type { FeedPosition } from '../../consents/index.js';

export const CHANGE_SUBJECTS = [
  'consent',
  'account',
  'transfer',
  'link',
  'outage',
  'letter',
  'duty',
  'incident',
  'partner',
] as const;
export type ChangeSubject = (typeof CHANGE_SUBJECTS)[number];

/** One thing that changed, as it is handed to the gateway. */
export interface Change {
  /** Unique for ever: whoever has carried it out once does not do it again. */
  readonly key: string;
  readonly at: Instant;
  readonly subject: ChangeSubject;
  readonly subjectId: string;
  /** Null: every intermediary. */
  readonly epspId: string | null;
  readonly clientId: string | null;
  readonly chainPartnerId: string;
  readonly was: string | null;
  readonly state: string;
  /** A stable word for the gateway, which decides what of it an intermediary may know (T-29). */
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A change with its place in the order, and whether nothing older can come before it any more. */
export interface PlacedChange extends Change {
  readonly position: FeedPosition;
  readonly settled: boolean;
}

/** Where the federation's own changes stand in a cursor; institutions begin at 1. */
export const FEDERATION = 0;
