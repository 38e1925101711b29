import type { LossCategory } from '#libs/contracts';
import type { Instant, Yen } from '#libs/kernel';

export const ORIGINS = ['holder', 'intermediary', 'institution'] as const;
export type Origin = (typeof ORIGINS)[number];
export const CATEGORIES = ['fraud', 'outage', 'wrong_data', 'leak', 'other'] as const;

/** A loss as somebody tells of it. `reference` is the teller's own name for it: told twice, it opens one case. */
export interface LossReport {
  readonly origin: Origin;
  readonly reference: string;
  readonly category: LossCategory;
  readonly lossYen: Yen;
  readonly occurredAt: Instant;
  readonly knownAt: Instant;
  readonly holderId?: string | undefined;
  readonly epspId?: string | undefined;
  readonly chainPartnerId?: string | undefined;
  /** Ids of the requests that the loss stems from: instructions, interactions. */
  readonly requestIds: readonly string[];
}

export const NOTE_KINDS = [
  'minutes',
  'evidence',
  'due_care',
  'exclusion',
  'misuse_report',
  'police_report',
  'request_lost',
  'closure',
] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];
