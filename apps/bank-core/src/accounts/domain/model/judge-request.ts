import { withinDailyLimit } from '#libs/contracts';
import type { Instant, Yen } from '#libs/kernel';
import type { LedgerAnswer, LedgerLimit, LedgerOrder, LedgerParty } from '../ledger-order.js';
import { refuse, type LedgerState, type ModelLinkStop } from './ledger-state.js';

const STRICTEST_FIRST = ['terminated', 'suspended', 'restricted'] as const;
const AMOUNT_MAX: Yen = 1_000_000_000_000n;

/** The strictest stop that touches the party's traffic at `at` (RKN-S4). */
export function linkRefusal(
  stops: readonly ModelLinkStop[],
  party: LedgerParty | undefined,
  at: Instant,
): LedgerAnswer | undefined {
  const touching = stops.filter(
    (stop) =>
      stop.epspId === party?.epspId &&
      ['*', party.chainPartnerId].includes(stop.chainPartnerId) &&
      stop.since <= at &&
      (stop.until === undefined || at < stop.until),
  );
  for (const state of STRICTEST_FIRST) {
    const stop = touching.find((candidate) => candidate.state === state);
    if (stop) return refuse(`linkage_${state}`, stop.clause);
  }
  return undefined;
}

const isInRange = (amount: Yen): boolean => amount >= 1n && amount <= AMOUNT_MAX;

/** The first line that can never be posted, whatever the accounts are. */
export function amountRefusal(order: LedgerOrder): LedgerAnswer | undefined {
  if (order.act === 'hold') {
    const { amountYen, kind } = order;
    const isGood = amountYen === 'whole' ? kind !== 'reservation' : isInRange(amountYen);
    return isGood ? undefined : refuse('amount_out_of_range');
  }
  if (order.act !== 'post') return undefined;
  for (const { amountYen, debitAccount, creditAccount } of order.lines) {
    if (!isInRange(amountYen)) return refuse('amount_out_of_range');
    if (debitAccount === creditAccount) return refuse('same_account');
  }
  return undefined;
}

export const limitDays = ({ subject, requestedOn, designatedOn }: LedgerLimit) => ({
  requested: `${subject} ${requestedOn.toString()}`,
  designated: `${subject} ${designatedOn.toString()}`,
});

/** Both bases, by what was charged before (SM-5.3-1b). */
export function limitRefusal(state: LedgerState, limit: LedgerLimit | undefined) {
  if (!limit) return undefined;
  const days = limitDays(limit);
  const verdict = withinDailyLimit(
    {
      effectiveLimit: limit.limitYen,
      limitUse: {
        requestDate: state.limits.get(days.requested)?.requested ?? 0n,
        designatedDate: state.limits.get(days.designated)?.designated ?? 0n,
      },
      transferAmount: limit.chargeYen,
      feeYen: 0n,
    },
    false,
  );
  if (verdict.ok) return undefined;
  return refuse('limit_exceeded', String(verdict.refusal.facts?.['bases']));
}

/** A correction points at a posting that moved money, and each is corrected once. */
export function correctionRefusal(
  state: LedgerState,
  corrects: string | undefined,
): LedgerAnswer | undefined {
  if (corrects === undefined) return undefined;
  const wrong = state.known.get(corrects);
  if (wrong?.status !== 'posted' || !wrong.movedMoney) return refuse('correction_unknown');
  return state.corrected.has(corrects) ? refuse('already_corrected') : undefined;
}
