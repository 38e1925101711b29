import {
  mayProcessRequest,
  type ParameterValues,
  type ProcessingFacts,
  type smParameters,
} from '#libs/contracts';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import type { LedgerRefusal } from '../../accounts/index.js';
import type { TrafficRefusal } from '../../consents/index.js';
import type { LimitRefusal } from '../../limits/index.js';
import type { TransferStatus } from './transfer.js';
import type { ConfirmationRefusal } from './transfer.refusals.js';

type Overdraft = ParameterValues<typeof smParameters>['overdraftUsable'];

/** Everything that stands between a draft and its debit, read before and handed in. */
export interface ConfirmationFacts {
  readonly status: TransferStatus;
  readonly isExpired: boolean;
  /** Coverage, link, chain partner, function: judged in that order elsewhere. */
  readonly access: Result<unknown, Refusal<TrafficRefusal>>;
  readonly holderIsActive: boolean;
  /** The processing day: today, or the hours or the date do not allow it (SM-R3.1). */
  readonly day: Result<unknown, Refusal<DayRefusal>>;
  /** Undefined: not one of the holder's service accounts, or not the one that the request names. */
  readonly debit:
    | {
        readonly mayDebit: boolean;
        readonly processing: ProcessingFacts;
        readonly overdraft: Overdraft;
      }
    | undefined;
  readonly limit: Result<unknown, Refusal<LimitRefusal>>;
  /** `elsewhere`: at another institution, which will say itself whether the account exists. */
  readonly payee: 'elsewhere' | 'unknown' | 'closed' | 'same_account' | 'open';
}

export type DayRefusal = 'outside_service_hours' | 'date_not_allowed';

export type DecisionRefusal =
  | TrafficRefusal
  | ConfirmationRefusal
  | DayRefusal
  | LimitRefusal
  | LedgerRefusal
  | 'service_stopped';

/**
 * May this draft be fixed and debited now? First refusal wins; the order is that of `fix_transfers`, which
 * decides again, under locks, what races: state, link, holder, limit, funds. Amount and fee are taken
 * whole or not at all (SM-3.4-1-2a); exactly the withdrawable amount is enough.
 */
export function decideConfirmation(
  facts: ConfirmationFacts,
): Result<void, Refusal<DecisionRefusal>> {
  const { debit } = facts;
  // Whoever was there first, the sweeper or the holder: too late is too late.
  if (facts.status === 'EXPD') return refused('transfer_expired', { clause: 'SM-R3.2' });
  if (facts.status !== 'RCVD' && facts.status !== 'ACTC') {
    return refused('state_conflict', { clause: 'SM-R3.2', facts: { status: facts.status } });
  }
  if (facts.isExpired) return refused('transfer_expired', { clause: 'SM-R3.2' });
  if (!facts.access.ok) return facts.access;
  if (!facts.day.ok) return facts.day;
  if (!facts.holderIsActive) return refused('holder_unavailable', { clause: 'SM-3.4-1-4' });
  if (!debit?.mayDebit) return refused('debit_not_registered', { clause: 'SM-5.1-1' });
  if (facts.payee === 'same_account') return refused('same_account', { clause: 'SM-5.1-2-2' });
  if (!facts.limit.ok) return facts.limit;
  const processing = mayProcessRequest(debit.processing, debit.overdraft);
  const isShort = !processing.ok && processing.refusal.code === 'insufficient_funds';
  if (!processing.ok && !isShort) return processing;
  if (facts.payee === 'unknown') return refused('payee_account_unknown', { clause: 'SM-5.1-1' });
  if (facts.payee === 'closed') return refused('payee_account_closed', { clause: 'SM-5.1-1' });
  return processing.ok ? accepted(undefined) : processing;
}
