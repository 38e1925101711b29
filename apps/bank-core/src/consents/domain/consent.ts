import type { ConsentName, FreezeReason } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { BankFunction } from '../../institutions/index.js';

/** What a holder may let an intermediary read; one permission is one function of the catalogue (RKN-D4). */
export type Permission = Exclude<BankFunction, 'transfer_initiation'>;

export const READ_FUNCTIONS: readonly Permission[] = [
  'accounts_read',
  'balances_read',
  'transactions_read',
];

/** The purposes that a request may name; free text never reaches a page (T-07). */
export const PURPOSES = [
  'household_accounting',
  'bookkeeping',
  'credit_assessment',
  'asset_overview',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export type ConsentActorName =
  'holder' | 'institution' | 'intermediary' | 'chain_partner' | 'system';

/** Who asks and through whom: fixed at the approval and never changed after (T-14). */
export interface ConsentParties {
  readonly clientId: string;
  readonly epspId: string;
  readonly chainPartnerId: string;
}

/** What happens to a consent: one version each, in the order of its life. */
export type ConsentChange =
  | 'asked'
  | 'authorised'
  | 'rejected'
  | 'frozen'
  | 'resumed'
  | 'extended'
  | 'amended'
  | 'account_unavailable'
  | 'expiring'
  | 'consumed'
  | 'revoked'
  | 'expired';

/** A consent that the holder gave: everything that was agreed to, and what became of it. */
export interface Consent extends ConsentParties {
  readonly institutionId: number;
  readonly id: `cns_${string}`;
  readonly holderId: string;
  readonly permissions: readonly Permission[];
  readonly purpose: Purpose;
  /** Those that can be read; the others stand in the consent's list of accounts with their reason. */
  readonly accountIds: readonly string[];
  readonly state: ConsentName;
  readonly stateReason: string;
  readonly frozenFor: readonly FreezeReason[];
  readonly version: number;
  readonly wordingHash: string;
  readonly askedAt: Instant;
  readonly decideBy: Instant;
  readonly grantedAt: Instant;
  readonly expiresAt: Instant;
}

/** One call that wants to pass: whose, for what, on which account. */
export interface ConsentedCall extends ConsentParties {
  readonly institutionId: number;
  readonly consentId: string;
  readonly fn: Permission;
  readonly accountId?: string | undefined;
  readonly at: Instant;
}
