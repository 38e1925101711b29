import type { ConsentName } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type {
  ConsentActorName,
  ConsentChange,
  ConsentParties,
  Permission,
  Purpose,
} from './consent.js';

/** A consent as its intermediary may see it, from the moment it was asked for; nothing names the holder. */
export interface ConsentView extends ConsentParties {
  readonly id: string;
  readonly state: ConsentName;
  readonly stateReason: string;
  readonly stateActor: ConsentActorName;
  readonly version: number;
  readonly permissions: readonly Permission[];
  readonly purpose: Purpose;
  readonly termDays: number | undefined;
  readonly askedAt: Instant;
  readonly grantedAt: Instant | undefined;
  readonly expiresAt: Instant | undefined;
  readonly changedAt: Instant;
}

/** One version: what changed, who changed it and why, and what held from then on. */
export interface ConsentVersion {
  readonly version: number;
  readonly change: ConsentChange;
  readonly state: ConsentName;
  readonly reason: string;
  readonly actor: ConsentActorName;
  readonly at: Instant;
  readonly expiresAt: Instant | undefined;
  readonly accountIds: readonly string[];
}

/** One account of a consent. `removed`: the holder took it out; `unavailable`: it cannot be read any more. */
export interface ConsentAccount {
  readonly accountId: string;
  readonly status: 'available' | 'unavailable' | 'removed';
  readonly reason: string;
  readonly changedAt: Instant;
}

/** A keyset page: what follows `after`, newest first. */
export interface PageOf<Item> {
  readonly data: readonly Item[];
  readonly nextAfter: string | undefined;
}
