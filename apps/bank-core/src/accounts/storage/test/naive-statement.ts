import type { CivilDate, Yen } from '#libs/kernel';
import type { ModelPosting } from '../../domain/model/posting-rows.js';
import type { StatementQuery } from '../../domain/posting.js';

/** What happened to one account in one posting. */
interface NaiveLeg {
  readonly seq: bigint;
  readonly direction: 'debit' | 'credit';
  readonly operation: ModelPosting['operation'];
  readonly amountYen: Yen;
  readonly balance: Yen;
  readonly bookedOn: CivilDate;
  /** False for a hold, its end and a closing, which have one leg. */
  readonly moved: boolean;
}

/** All legs of an account by their sequence, as one who reads every posting finds them. */
export function legsOf(postings: readonly ModelPosting[], account: bigint): NaiveLeg[] {
  const legs = postings.flatMap((row): NaiveLeg[] => {
    const { operation, amountYen, bookedOn, debitSeq, debitBalance, creditSeq, creditBalance } =
      row;
    const same = { operation, amountYen, bookedOn, moved: creditSeq !== null };
    if (row.debitAccount === account && debitSeq !== null && debitBalance !== null)
      return [{ ...same, seq: debitSeq, direction: 'debit', balance: debitBalance }];
    if (row.creditAccount === account && creditSeq !== null && creditBalance !== null)
      return [{ ...same, seq: creditSeq, direction: 'credit', balance: creditBalance }];
    return [];
  });
  return legs.sort((one, other) => Number(one.seq - other.seq));
}

/** A page by reading everything: of credits with one of these operations, or of all that moved money. */
export const pageOf = (
  legs: readonly NaiveLeg[],
  { from, to, after = 0n, limit }: StatementQuery,
  creditsOf?: readonly string[],
) =>
  legs
    .filter(({ moved, seq }) => moved && seq > after)
    .filter(({ bookedOn }) => !(from && from.isAfter(bookedOn)) && !(to && bookedOn.isAfter(to)))
    .filter(
      ({ direction, operation }) =>
        !creditsOf || (direction === 'credit' && creditsOf.includes(operation)),
    )
    .slice(0, limit)
    .map((leg) => [leg.seq, leg.direction, leg.amountYen, leg.balance, leg.bookedOn.toString()]);

/** The balance after the last leg up to the end of a day; 0 before the first. */
export const lastBalance = (legs: readonly NaiveLeg[], date: CivilDate): Yen =>
  legs.findLast(({ bookedOn }) => !bookedOn.isAfter(date))?.balance ?? 0n;
