import { accepted, CivilDate, refused, sumYen, type Refusal, type Result } from '#libs/kernel';
import type { CompensationClaim, LossLine } from '#libs/liability';
import type { Debited } from '../../accounts/index.js';
import type { CaseRefusal } from './case.refusals.js';

type Checked = Result<void, Refusal<CaseRefusal>>;

/**
 * Holds a claim against what the ledger says left the holder's accounts. Refuses what never did or left somebody
 * else's (`transfer_unknown`, SM-13.1b), an amount or a fee above what was debited (SM-14.2d) and a day on which it
 * did not happen (SM-14.2b), each with its field. Less than was debited may be claimed.
 */
export function checkAgainstLedger(
  { transfers }: Pick<CompensationClaim, 'transfers'>,
  ledger: readonly Debited[],
): Checked {
  for (const [index, transfer] of transfers.entries()) {
    const field = `transfers[${index}]`;
    const debited = ledger.find(({ key }) => key === transfer.id);
    if (!debited)
      return refused('transfer_unknown', { clause: 'SM-13.1b', facts: { field: `${field}.id` } });
    if (transfer.amount > debited.amountYen)
      return contradicted('SM-14.2d', `${field}.amount`, `${debited.amountYen}`);
    if (transfer.fee > debited.feeYen)
      return contradicted('SM-14.2d', `${field}.fee`, `${debited.feeYen}`);
    const day = CivilDate.inTokyo(transfer.happenedAt);
    const posted = CivilDate.inTokyo(debited.postedAt);
    // Between the day that it is booked on and the moment of the posting there may lie a midnight.
    const isOnIt =
      !day.isAfter(posted) && (!day.isBefore(posted) || !day.isBefore(debited.bookedOn));
    if (!isOnIt) return contradicted('SM-14.2b', `${field}.happenedAt`, posted.toString());
  }
  return accepted(undefined);
}

/**
 * What came back to the holder before the award is no longer there to be compensated: at least that much has to
 * stand among the refunds. Only covered transfers count, since the others are not compensated. Source: SM-14.5a.
 */
export function checkReturns(
  { setOffs }: Pick<CompensationClaim, 'setOffs'>,
  lines: readonly Pick<LossLine, 'transfer' | 'covered'>[],
  ledger: readonly Debited[],
): Checked {
  const covered = new Set(lines.filter((line) => line.covered).map(({ transfer }) => transfer));
  const came = ledger.filter(({ key }) => covered.has(key)).map(({ returnedYen }) => returnedYen);
  const refunds = setOffs.filter(({ kind }) => kind === 'refund').map((one) => one.amountYen);
  const returnedYen = sumYen(came);
  return sumYen(refunds) < returnedYen
    ? contradicted('SM-14.5a', 'setOffs', `${returnedYen}`)
    : accepted(undefined);
}

const contradicted = (clause: string, field: string, inLedger: string): Checked =>
  refused('facts_contradict', { clause, facts: { field, inLedger } });
