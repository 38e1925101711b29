import { CivilDate, type Instant, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { PostingOperation, StatementEntry } from '../domain/account.js';
import type { StatementQuery } from '../domain/posting.js';
import { lastLegs } from './last-leg.js';

interface EntryRow {
  readonly posting_id: bigint;
  readonly seq: bigint;
  readonly direction: 'credit' | 'debit';
  readonly balance_after: bigint;
  readonly description: string;
  readonly amount: bigint;
  readonly posted_at: Instant;
  readonly booked_on: string;
  readonly value_on: string;
  readonly operation: PostingOperation;
  readonly edi_text: string;
}

const BALANCES = `${lastLegs(`
    select place, ends, 0::bigint, false from unnest($3::date[]) with ordinality as day (ends, place)`)}
  select coalesce(
    (select debit_balance from posting
     where institution_id = $1 and debit_account = $2 and debit_seq = found.seq),
    (select credit_balance from posting
     where institution_id = $1 and credit_account = $2 and credit_seq = found.seq), 0) as balance_after
  from found order by place`;

export async function balancesAtEndOf(
  tx: Transaction,
  institutionId: number,
  ledgerId: bigint,
  dates: readonly CivilDate[],
): Promise<Yen[]> {
  const values = [institutionId, ledgerId, dates.map(String)];
  const rows = await tx.query<{ balance_after: bigint }>(BALANCES, values);
  return rows.map((row) => row.balance_after);
}

/**
 * Between which legs a page lies: $3 and $4 are the first and last day of the period, $5 the sequence after which the
 * page begins. Looked at first are the leg behind it and the newest one, which mostly say all.
 */
const WITHIN = `${lastLegs(`
    values (1, $3::date - 1, $5::bigint, true), (2, $4::date, $5::bigint, false)`)},
  bounds as (
    select max(seq) filter (where place = 1) as after, max(seq) filter (where place = 2) as last from found)`;

// Each half walks its own leg index forward, to the page's end or the period's, whichever comes first; their union
// is the page. A hold, its end and a closing are one-legged and moved nothing: no statement shows them.
const PAGE = `${WITHIN}
  select * from (
    (select id as posting_id, debit_seq as seq, 'debit' as direction, debit_balance as balance_after,
            debit_text as description, amount, posted_at, booked_on, value_on, operation, edi_text
     from posting
     where institution_id = $1 and debit_account = $2 and credit_seq is not null
       and debit_seq > (select after from bounds) and debit_seq <= (select last from bounds)
     order by debit_seq limit $6)
    union all
    (select id, credit_seq, 'credit', credit_balance, credit_text, amount, posted_at, booked_on,
            value_on, operation, edi_text
     from posting
     where institution_id = $1 and credit_account = $2
       and credit_seq > (select after from bounds) and credit_seq <= (select last from bounds)
     order by credit_seq limit $6)
  ) legs order by seq limit $6`;

export async function statement(
  tx: Transaction,
  institutionId: number,
  ledgerId: bigint,
  query: StatementQuery,
): Promise<StatementEntry[]> {
  const rows = await tx.query<EntryRow>(PAGE, valuesOf(institutionId, ledgerId, query));
  return rows.map(entryOf);
}

/**
 * Money that others sent: what came back or was paid in at a counter is no 振込入金. A page walks over the credits of
 * the period that are none of it, once: the next page begins behind them.
 */
const INCOMING = `${WITHIN}
  select id as posting_id, credit_seq as seq, 'credit' as direction, credit_balance as balance_after,
         credit_text as description, amount, posted_at, booked_on, value_on, operation, edi_text
  from posting
  where institution_id = $1 and credit_account = $2
    and credit_seq > (select after from bounds) and credit_seq <= (select last from bounds)
    and operation in ('transfer', 'book_transfer')
  order by credit_seq limit $6`;

/** A page of 振込入金明細; the description is the sender's name as it came, without our own word before it. */
export async function incomingTransfers(
  tx: Transaction,
  institutionId: number,
  ledgerId: bigint,
  query: StatementQuery,
): Promise<StatementEntry[]> {
  const rows = await tx.query<EntryRow>(INCOMING, valuesOf(institutionId, ledgerId, query));
  return rows.map((row) => ({ ...entryOf(row), description: row.description }));
}

/** A missing end of the period is no end. */
const valuesOf = (
  institutionId: number,
  ledgerId: bigint,
  { from, to, after = 0n, limit }: StatementQuery,
): readonly unknown[] => [
  institutionId,
  ledgerId,
  from?.toString() ?? '-infinity',
  to?.toString() ?? 'infinity',
  after,
  limit,
];

const entryOf = (row: EntryRow): StatementEntry => ({
  postingId: row.posting_id,
  sequence: row.seq,
  bookedOn: CivilDate.from(row.booked_on),
  valueOn: CivilDate.from(row.value_on),
  postedAt: row.posted_at,
  direction: row.direction,
  amountYen: row.amount,
  balanceAfterYen: row.balance_after,
  operation: row.operation,
  description: descriptionOf(row),
  ...(row.edi_text === '' ? {} : { ediText: row.edi_text }),
});

/** What the posting row says by its operation is not written into its text as well. */
const WORDS: Partial<Record<PostingOperation, string>> = {
  transfer: '振込',
  book_transfer: '振替',
};

const descriptionOf = ({ operation, description }: EntryRow): string =>
  [WORDS[operation], description].filter((part) => part).join(' ');
