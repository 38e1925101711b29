import type { Instant } from '#libs/kernel';
import { fact } from './fact.js';

/** The functions of the Rokin function that a link can carry (RKN-D4). */
export const LINK_FUNCTIONS = [
  'accounts_read',
  'balances_read',
  'transactions_read',
  'loans_read',
  'transfer_initiation',
] as const;
export type LinkFunction = (typeof LINK_FUNCTIONS)[number];

/** What a measure can take away: a function, the making of new consents, the full rate (INT-17). */
export const LINK_RIGHTS = [...LINK_FUNCTIONS, 'new_consents', 'full_rate'] as const;
export type LinkRight = (typeof LINK_RIGHTS)[number];

/** Whose call it is: the intermediary's own, or one made for a chain partner (RKN-D1). */
export type Traffic = 'direct' | `cp_${string}`;

/** Whose calls a measure reaches. `chained` is every chain partner's. */
export type Reach = 'all' | 'chained' | Traffic;

export interface RemovedRight {
  readonly right: LinkRight;
  readonly reach: Reach;
  /** Only with `full_rate`: what is left of the rate. */
  readonly callsPerMinuteMax?: number;
}

/** The clauses on which a lasting measure may rest. */
export type MeasureBasis = 'RKN-S4c' | 'RKN-C2b';

/** One measure in force on a link. Several may be in force at once, each with its own end. */
export interface Measure {
  readonly id: string;
  readonly basis: MeasureBasis;
  readonly removed: readonly RemovedRight[];
  readonly since: Instant;
  readonly until?: Instant;
}

/** A protective hold in force: no measure of S4c, and never without a latest end (INT-13). */
export interface HoldInForce {
  readonly id: string;
  readonly basis: string;
  readonly removed: readonly RemovedRight[];
  readonly since: Instant;
  readonly latestEnd: Instant;
}

/** What identifies one cell of a linkage. Source: RKN-D5. */
export interface LinkParts {
  readonly institution: string;
  readonly epsp: string;
  readonly traffic: Traffic;
  readonly right: LinkFunction;
}

/** What a suspension removes: every right, whoever calls. */
export const EVERYTHING: readonly RemovedRight[] = LINK_RIGHTS.map((right) => ({
  right,
  reach: 'all',
}));

export const reaches = (reach: Reach, traffic: Traffic): boolean =>
  reach === 'all' || reach === traffic || (reach === 'chained' && traffic !== 'direct');

/** True where the set takes away every right from everybody; `full_rate` falls with the calls. */
export const removesEverything = (removed: readonly RemovedRight[]): boolean =>
  [...LINK_FUNCTIONS, 'new_consents' as const].every((right) =>
    removed.some((item) => item.right === right && item.reach === 'all'),
  );

/** Facts about a linkage that the clauses of the agreement ask about. */
export const linkageFacts = {
  measureNoticeArrivedAt: fact<Instant | undefined>(
    'instant',
    '措置の通知が届いた時刻',
    'when the notice of the measure arrived',
  ),
  measureEffectiveAt: fact<Instant>('instant', '措置の発効時刻', 'when the measure takes effect'),
  removedRights: fact<readonly RemovedRight[]>('list', '取り除く権利', 'rights removed'),
  linkParts: fact<LinkParts>('thing', '連携', 'the linkage'),
} as const;
