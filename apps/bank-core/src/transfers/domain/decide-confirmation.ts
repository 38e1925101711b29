import { accepted, refused, type Refusal, type Result, type Yen } from '#libs/kernel';
import type { LedgerRefusal } from '../../accounts/index.js';
import type { LimitRefusal } from '../../limits/index.js';
import type { TransferStatus } from './transfer.js';
import type { AccessRefusal, ConfirmationRefusal } from './transfer.refusals.js';

/** Everything that stands between a draft and its debit, read before and handed in. */
export interface ConfirmationFacts {
  readonly status: TransferStatus;
  readonly isExpired: boolean;
  /** Coverage, link, chain partner, function: judged in that order elsewhere. */
  readonly access: Result<unknown, Refusal<AccessRefusal>>;
  readonly holderIsActive: boolean;
  readonly isWithinHours: boolean;
  /** Undefined: not one of the holder's service accounts, or not the one that the request names. */
  readonly debit:
    | {
        readonly mayDebit: boolean;
        readonly closed: boolean;
        readonly stopped: boolean;
        readonly withdrawableYen: Yen;
      }
    | undefined;
  readonly limit: Result<unknown, Refusal<LimitRefusal>>;
  /** `elsewhere`: at another institution, which will say itself whether the account exists. */
  readonly payee: 'elsewhere' | 'unknown' | 'closed' | 'same_account' | 'open';
  /** Amount and fee together. */
  readonly totalYen: Yen;
}

export type DecisionRefusal = AccessRefusal | ConfirmationRefusal | LimitRefusal | LedgerRefusal;

/**
 * May this draft be fixed and debited now? First refusal wins; the order is that of `fix_transfer`, which
 * decides again, under locks, what races: state, link, holder, limit, funds. Amount and fee are taken
 * whole or not at all (SM-3.4-1-2a); exactly the withdrawable amount is enough.
 */
export function decideConfirmation(
  facts: ConfirmationFacts,
): Result<void, Refusal<DecisionRefusal>> {
  const { debit } = facts;
  if (facts.status !== 'RCVD' && facts.status !== 'ACTC') {
    return refused('state_conflict', { clause: 'SM-R3.2', facts: { status: facts.status } });
  }
  if (facts.isExpired) return refused('transfer_expired', { clause: 'SM-R3.2' });
  if (!facts.access.ok) return facts.access;
  if (!facts.isWithinHours) return refused('outside_service_hours', { clause: 'SM-R3.1' });
  if (!facts.holderIsActive) return refused('holder_unavailable', { clause: 'SM-3.4-1-4' });
  if (!debit?.mayDebit) return refused('debit_not_registered', { clause: 'SM-5.1-1' });
  if (facts.payee === 'same_account') return refused('same_account', { clause: 'SM-5.1-2-2' });
  if (!facts.limit.ok) return facts.limit;
  if (debit.closed) return refused('account_closed', { clause: 'SM-3.4-1-1' });
  if (debit.stopped) return refused('payment_stopped', { clause: 'SM-3.4-1-3' });
  if (facts.payee === 'unknown') return refused('payee_account_unknown', { clause: 'SM-5.1-1' });
  if (facts.payee === 'closed') return refused('payee_account_closed', { clause: 'SM-5.1-1' });
  if (facts.totalYen > debit.withdrawableYen) {
    return refused('insufficient_funds', { clause: 'SM-3.4-1-2a' });
  }
  return accepted(undefined);
}
