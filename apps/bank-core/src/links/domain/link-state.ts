import type { Instant } from '#libs/kernel';

export type LinkStateName = 'active' | 'restricted' | 'suspended' | 'terminated';

/** Whom and what a state reaches; `*` stands for every one, `none` for the intermediary's own traffic. */
export interface LinkScope {
  readonly epspId: string;
  readonly chainPartnerId: string;
  readonly function: string;
}

/** One state of a link (RKN-D5): institution × intermediary × chain partner × function. */
export interface LinkState extends LinkScope {
  readonly state: LinkStateName;
  readonly clause: string;
  readonly since: Instant;
  readonly until: Instant | undefined;
  /** Only of `full_rate`: how many calls in a minute are left (INT-17). */
  readonly callsPerMinuteMax?: number | undefined;
}

/** The strictest state that stands in the way of some traffic now. */
export interface LinkStop {
  readonly state: Exclude<LinkStateName, 'active'>;
  readonly clause: string;
  readonly since: Instant;
  readonly function: string;
  readonly chainPartnerId: string;
}

/** All states of one institution at one version: what the stream carries, gapless per institution. */
export interface LinkVersion {
  readonly institutionId: number;
  readonly version: bigint;
  readonly states: readonly LinkStateOnWire[];
}

export interface LinkStateOnWire extends LinkScope {
  readonly state: LinkStateName;
  readonly clause: string;
  readonly since: string;
  readonly until: string | null;
  readonly callsPerMinuteMax: number | null;
}

/** A measure that took something away, with its own end. */
export interface LinkMeasure extends LinkScope {
  readonly institutionId: number;
  readonly id: `hold_${string}`;
  readonly basis: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly releasedAt: Instant | undefined;
}
