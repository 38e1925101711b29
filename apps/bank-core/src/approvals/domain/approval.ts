import type { Instant } from '#libs/kernel';
import type { ConsentParties, Permission, Purpose } from '../../consents/index.js';

export type Language = 'ja' | 'en';

/** Where the holder stands. Pages before the stage may be opened again, pages after it may not. */
export type Stage =
  'handed_over' | 'start' | 'login' | 'accounts' | 'consent' | 'transfer' | 'done';

export type Outcome = 'approved' | 'refused' | 'expired' | 'stopped';

/** What a pushed request wants to be allowed. */
export type Asked =
  InformationAsked | { readonly kind: 'transfer_initiation'; readonly transferId: string };

/** A new consent, or the same terms for longer: an extension brings its permissions and purpose from the consent. */
export interface InformationAsked {
  readonly kind: 'account_information' | 'consent_extension';
  readonly permissions: readonly Permission[];
  readonly purpose: Purpose;
  readonly termDays: number;
}

/** One request of an intermediary on its way past a holder. */
export interface Approval extends ConsentParties {
  readonly id: `apr_${string}`;
  readonly requestKey: string;
  readonly asked: Asked;
  readonly interactionId: string;
  /** None while the request names no institution and the holder has not picked one. */
  readonly institutionId: number | undefined;
  readonly institutionIsFixed: boolean;
  readonly returnUrl: string;
  readonly redirectOrigin: string;
  readonly language: Language;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly stage: Stage;
  readonly holderId: string | undefined;
  readonly accountIds: readonly string[];
  readonly debitAccountId: string | undefined;
  /** The consent that was written down as asked for, or the one to be extended. */
  readonly askedConsentId: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly reason: string | undefined;
  readonly consentId: string | undefined;
}

/** House rule (complaint 16 of users.md B): a holder has this long to read and decide. */
export const INTERACTION_MINUTES = 15;
