import type { Instant, Yen } from '#libs/kernel';

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

export interface Settlement {
  readonly institutionId: number;
  readonly transferId: string;
  readonly outcome: 'accepted' | 'returned';
  readonly reason: string | null;
  readonly at: Instant;
}
