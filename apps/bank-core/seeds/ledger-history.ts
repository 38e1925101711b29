import { hash } from 'node:crypto';
import { instantToWire, type CivilDate, type Yen } from '#libs/kernel';
import { SYSTEM_ACCOUNTS } from './01-institutions.seed.js';
import type { SeedAccount } from './seed-account.js';
import { insertRows, type SeedContext } from './seed-context.js';

export type Counterpart = keyof typeof SYSTEM_ACCOUNTS;

/** One thing that happened on an account, before it has its place in the ledger. */
export interface LedgerEvent {
  readonly date: CivilDate;
  /** Seconds of the day in Tokyo. */
  readonly second: number;
  readonly from: bigint;
  readonly to: bigint;
  readonly amount: Yen;
  readonly operation: string;
  readonly debitText: string;
  readonly creditText: string;
}

interface Standing {
  balance: Yen;
  version: bigint;
  booked_on: string;
}

/**
 * The ledger in memory while it is being written: every posting takes the next sequence of both accounts
 * and the balance after it, and no account falls below what it may. In order of time, as the real one.
 */
export class History {
  readonly postings: Record<string, unknown>[] = [];
  private readonly standings = new Map<bigint, Standing>();
  private readonly floors = new Map<bigint, Yen>();
  private lastMoment = 0;

  constructor(private readonly context: SeedContext) {
    for (const id of Object.values(SYSTEM_ACCOUNTS)) this.begin(id, -(10n ** 17n));
  }

  /** An account begins with the balance carried over from before the history. */
  open(account: SeedAccount): void {
    this.begin(account.ledgerId, -account.overdraftYen);
  }

  private begin(id: bigint, floor: Yen): void {
    this.standings.set(id, { balance: 0n, version: 0n, booked_on: '1970-01-01' });
    this.floors.set(id, floor);
  }

  standingOf(id: bigint): Standing {
    const standing = this.standings.get(id);
    if (!standing) throw new Error(`Account ${id} was not opened.`);
    return standing;
  }

  /** What can be taken from the account: its balance above the floor. */
  free(id: bigint): Yen {
    return this.standingOf(id).balance - (this.floors.get(id) ?? 0n);
  }

  /** Posts the event, or leaves it out where the account has not enough: statements never break the rule. */
  post(event: LedgerEvent): boolean {
    if (event.amount <= 0n || this.free(event.from) < event.amount) return false;
    const moment = event.date.startsAt() + event.second * 1000;
    // The generator sorts each month; a moment before the last one would break the order of booking dates.
    if (moment < this.lastMoment) throw new Error('History must be written in order of time.');
    this.lastMoment = moment;
    const debit = this.move(event.from, -event.amount, event.date);
    const credit = this.move(event.to, event.amount, event.date);
    const place = this.postings.length + 1;
    const content = {
      debit_account: event.from,
      credit_account: event.to,
      amount: event.amount,
      posted_at: instantToWire(moment),
      booked_on: event.date.toString(),
      value_on: event.date.toString(),
      operation: event.operation,
      debit_text: event.debitText,
      credit_text: event.creditText,
    };
    this.postings.push({
      ...content,
      key: halfHash(`history/${place}`),
      hash: halfHash(Object.values(content).join('\n')),
      line: 1,
      status: 'posted',
      debit_seq: debit.version,
      debit_balance: debit.balance,
      credit_seq: credit.version,
      credit_balance: credit.balance,
      edi_text: '',
      detail: '',
    });
    return true;
  }

  private move(id: bigint, by: Yen, date: CivilDate): Readonly<Standing> {
    const standing = this.standingOf(id);
    standing.balance += by;
    standing.version += 1n;
    standing.booked_on = date.toString();
    return { ...standing };
  }
}

/** Of any name, as `ledgerKey` derives it. */
const halfHash = (name: string): string => hash('sha256', name).slice(0, 32);

const COLUMNS = {
  institution_id: 'smallint',
  id: 'bigint',
  xid: 'bigint',
  key: 'uuid',
  hash: 'uuid',
  line: 'smallint',
  status: 'posting_status',
  debit_account: 'bigint',
  debit_seq: 'bigint',
  debit_balance: 'bigint',
  credit_account: 'bigint',
  credit_seq: 'bigint',
  credit_balance: 'bigint',
  amount: 'bigint',
  posted_at: 'timestamptz',
  booked_on: 'date',
  value_on: 'date',
  operation: 'posting_operation',
  debit_text: 'text',
  credit_text: 'text',
  edi_text: 'text',
  detail: 'text',
} as const;

/** Writes the postings in sets, with ids from the ledger's own sequence, and the system accounts' standing. */
export async function insertHistory(
  context: SeedContext,
  institutionId: number,
  history: History,
): Promise<void> {
  const { client } = context;
  const { postings } = history;
  const taken = await client.query<{ id: string; xid: string }>(
    `select nextval('posting_id_seq') as id, pg_current_xact_id()::text as xid
     from generate_series(1, $1)`,
    [postings.length],
  );
  const rows = postings.map((posting, index) => {
    return { ...posting, ...taken.rows[index], institution_id: institutionId };
  });
  await insertRows(context, 'posting', COLUMNS, rows);
  const ids = Object.values(SYSTEM_ACCOUNTS);
  const standings = ids.map((id) => history.standingOf(id));
  await client.query(
    `update account a set balance = v.balance, version = v.version, booked_on = v.booked_on
     from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::date[]) as v(id, balance, version, booked_on)
     where a.institution_id = $1 and a.id = v.id`,
    [
      institutionId,
      ids,
      standings.map(({ balance }) => balance),
      standings.map(({ version }) => version),
      standings.map(({ booked_on }) => booked_on),
    ],
  );
}
