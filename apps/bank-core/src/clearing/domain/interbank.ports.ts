import type { Instant, Yen } from '#libs/kernel';
import type { LedgerRefusal } from '../../accounts/index.js';

/** A transfer on its way to another institution, with normalised names. */
export interface InterbankMessage {
  readonly institutionId: number;
  readonly outboxId: bigint;
  readonly transferId: string;
  readonly creditorBank: string;
  readonly creditorBranch: string;
  readonly creditorType: string;
  readonly creditorNumber: string;
  readonly creditorName: string;
  readonly payerName: string;
  readonly amountYen: Yen;
  readonly ediText: string | null;
}

/** What the other side answered: taken, or sent back with a reason of japan.md 5.4. */
export type InterbankAnswer =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'returned'; readonly reason: 'no_such_account' | 'deposit_refused' };

/** The way to other institutions. Delivering twice under one transfer id has one effect. */
export interface Interbank {
  deliver(message: InterbankMessage, at: Instant): Promise<InterbankAnswer>;
}

/** Why the other side sent the money back. */
export type ReturnReason = Extract<InterbankAnswer, { outcome: 'returned' }>['reason'];

interface Told {
  readonly institutionId: number;
  readonly transferId: string;
  readonly at: Instant;
}

/**
 * What became of a transfer that was sent: the other side has it; it came back and stands on the debited account
 * again; or it came back and no account takes it yet, so that it waits for a person (SM-5.4-2). The last one is
 * followed by the second one, once.
 */
export type Settlement = Told &
  (
    | { readonly outcome: 'accepted' }
    | { readonly outcome: 'returned'; readonly reason: ReturnReason }
    | {
        readonly outcome: 'return_blocked';
        readonly reason: ReturnReason;
        readonly blockedBy: LedgerRefusal;
      }
  );
