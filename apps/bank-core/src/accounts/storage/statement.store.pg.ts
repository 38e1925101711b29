import { CivilDate, type Instant, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { PostingOperation, StatementEntry } from '../domain/account.js';
import type { StatementQuery } from '../domain/posting.js';

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

/**
 * The last leg booked on or before a date. Booking dates never go backwards on an account, so walking back
 * from the newest leg meets it first, through the two leg indexes and nothing else. Refused orders have no
 * sequence; what has one leg (a hold and its end) keeps the balance, so it may be the last one.
 */
const LAST_UP_TO = `
  select seq, balance_after from (
    (select debit_seq as seq, debit_balance as balance_after from posting
     where institution_id = $1 and debit_account = $2 and debit_seq is not null
       and booked_on <= day.ends
     order by debit_seq desc limit 1)
    union all
    (select credit_seq, credit_balance from posting
     where institution_id = $1 and credit_account = $2 and credit_seq is not null
       and booked_on <= day.ends
     order by credit_seq desc limit 1)
  ) legs order by seq desc limit 1`;

async function lastUpTo(
  tx: Transaction,
  institutionId: number,
  ledgerId: bigint,
  date: CivilDate,
): Promise<{ seq: bigint; balance_after: bigint } | undefined> {
  const [row] = await tx.query<{ seq: bigint; balance_after: bigint }>(
    `select last.* from (select $3::date as ends) day, lateral (${LAST_UP_TO}) last`,
    [institutionId, ledgerId, date.toString()],
  );
  return row;
}

export async function balancesAtEndOf(
  tx: Transaction,
  institutionId: number,
  ledgerId: bigint,
  dates: readonly CivilDate[],
): Promise<Yen[]> {
  const rows = await tx.query<{ balance_after: bigint | null }>(
    `select last.balance_after from unnest($3::date[]) with ordinality as day (ends, place)
     left join lateral (${LAST_UP_TO}) last on true order by day.place`,
    [institutionId, ledgerId, dates.map(String)],
  );
  return rows.map((row) => row.balance_after ?? 0n);
}

// Each half walks its own leg index forward and stops after the page; their union is the page. A hold, its end
// and a closing are one-legged and moved nothing: no statement shows them.
const PAGE = `
  select * from (
    (select id as posting_id, debit_seq as seq, 'debit' as direction, debit_balance as balance_after,
            debit_text as description, amount, posted_at, booked_on, value_on, operation, edi_text
     from posting
     where institution_id = $1 and debit_account = $2 and debit_seq > $3 and credit_seq is not null
       and booked_on <= $4
     order by debit_seq limit $5)
    union all
    (select id, credit_seq, 'credit', credit_balance, credit_text, amount, posted_at, booked_on,
            value_on, operation, edi_text
     from posting
     where institution_id = $1 and credit_account = $2 and credit_seq > $3 and booked_on <= $4
     order by credit_seq limit $5)
  ) legs order by seq limit $5`;

export async function statement(
  tx: Transaction,
  institutionId: number,
  ledgerId: bigint,
  query: StatementQuery,
): Promise<StatementEntry[]> {
  const start = await startOf(tx, institutionId, ledgerId, query);
  const rows = await tx.query<EntryRow>(PAGE, [
    institutionId,
    ledgerId,
    start,
    query.to?.toString() ?? 'infinity',
    query.limit,
  ]);
  return rows.map(entryOf);
}

/** Money that others sent: what came back or was paid in at a counter is no 振込入金. */
const INCOMING = `
  select id as posting_id, credit_seq as seq, 'credit' as direction, credit_balance as balance_after,
         credit_text as description, amount, posted_at, booked_on, value_on, operation, edi_text
  from posting
  where institution_id = $1 and credit_account = $2 and credit_seq > $3 and booked_on <= $4
    and operation in ('transfer', 'book_transfer')
  order by credit_seq limit $5`;

/** A page of 振込入金明細; the description is the sender's name as it came, without our own word before it. */
export async function incomingTransfers(
  tx: Transaction,
  institutionId: number,
  ledgerId: bigint,
  query: StatementQuery,
): Promise<StatementEntry[]> {
  const start = await startOf(tx, institutionId, ledgerId, query);
  const to = query.to?.toString() ?? 'infinity';
  const values = [institutionId, ledgerId, start, to, query.limit];
  const rows = await tx.query<EntryRow>(INCOMING, values);
  return rows.map((row) => ({ ...entryOf(row), description: row.description }));
}

/** The sequence after which a page begins: that of the cursor, or of the last leg before the period. */
async function startOf(
  tx: Transaction,
  institutionId: number,
  ledgerId: bigint,
  query: StatementQuery,
): Promise<bigint> {
  const before =
    query.from && (await lastUpTo(tx, institutionId, ledgerId, query.from.minusDays(1)));
  return before && before.seq > (query.after ?? 0n) ? before.seq : (query.after ?? 0n);
}

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
