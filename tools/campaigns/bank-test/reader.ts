import type { Database, Transaction } from '#libs/platform';
import { statement } from '../../../apps/bank-core/src/accounts/storage/statement.store.pg.js';
import { pause } from '../../machine-clock.js';
import type { Random } from './random.js';
import type { Books } from './world.js';

interface AccountRow {
  readonly id: bigint;
  readonly balance: bigint;
  readonly held: bigint;
  readonly overdraft: bigint;
  readonly version: bigint;
  readonly debit_stops: number;
  readonly standing: bigint;
  readonly whole: bigint;
  readonly last_seq: bigint | null;
  readonly last_balance: bigint | null;
}

interface LegRow {
  readonly seq: bigint;
  readonly balance: bigint;
  readonly moved: bigint;
  readonly is_entry: boolean;
}

const PAUSE_MS = 15;
const PAGE = 60;

/** Reads snapshots all the time, as the server would, and checks each. */
export class Reader {
  reads = 0;
  badReads = 0;
  readonly findings: string[] = [];
  #running: Promise<void> | undefined;
  #isOn = false;

  constructor(
    private readonly database: Database,
    private readonly books: readonly Books[],
    private readonly random: Random,
  ) {}

  start(): void {
    this.#isOn = true;
    this.#running = this.#read();
  }

  async stop(): Promise<void> {
    this.#isOn = false;
    await this.#running;
  }

  /** One snapshot now; throws where the server does not answer. */
  async once(books: Books): Promise<void> {
    const look = this.random.chance(0.5) ? snapshot : page;
    const found = await look(this.database, books, this.random.pick(everyAccount(books)));
    this.reads += 1;
    if (found.length > 0) this.badReads += 1;
    this.findings.push(...found.map((words) => `bad read of ${books.institutionId}: ${words}`));
  }

  async #read(): Promise<void> {
    while (this.#isOn) {
      // A server that is down is no bad read; what it says when it answers must be true.
      await this.once(this.random.pick(this.books)).catch((error: unknown) => {
        if (error instanceof TypeError) throw error;
      });
      await pause(PAUSE_MS);
    }
  }
}

const everyAccount = (books: Books): bigint[] => [
  ...books.people,
  ...books.shelf,
  books.hot,
  books.clearing,
];

function snapshot(database: Database, books: Books, account: bigint): Promise<string[]> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    await tx.query(`select set_config('renkei.institution', $1, true)`, [
      String(books.institutionId),
    ]);
    const accounts = await tx.query<AccountRow>(ACCOUNTS, [books.institutionId]);
    const { version } = accounts.find(({ id }) => id === account)!;
    return [
      ...differencesOfBalances(accounts),
      ...(await differencesOfHistory(tx, books.institutionId, account, version)),
    ];
  });
}

/** The newest page as the server answers it: no snapshot, a connection that only reads. One statement, one truth. */
async function page(database: Database, books: Books, account: bigint): Promise<string[]> {
  const { institutionId } = books;
  const entries = await database.readInInstitution(institutionId, async (tx) => {
    const [row] = await tx.query<Pick<AccountRow, 'version'>>(
      'select version from account where institution_id = $1 and id = $2',
      [institutionId, account],
    );
    const { version } = row!;
    const after = version > BigInt(PAGE) ? version - BigInt(PAGE) : 0n;
    return statement(tx, institutionId, account, { after, limit: PAGE });
  });
  return entries.flatMap((entry, index) => {
    const before = entries[index - 1];
    if (!before) return [];
    const moved = entry.direction === 'debit' ? -entry.amountYen : entry.amountYen;
    const isRight =
      before.sequence < entry.sequence && before.balanceAfterYen + moved === entry.balanceAfterYen;
    return isRight ? [] : [`${account}: ${entry.sequence} leaves ${entry.balanceAfterYen}`];
  });
}

const ACCOUNTS = `
  select a.id, a.balance, a.held, a.overdraft, a.version, a.debit_stops,
         coalesce(h.standing, 0)::bigint as standing, coalesce(h.whole, 0) as whole,
         l.seq as last_seq, l.balance as last_balance
  from account a
  left join lateral (
    select sum(h.amount) as standing, count(*) filter (where h.amount is null) as whole from hold h
    where h.institution_id = a.institution_id and h.account_id = a.id and h.state = 'held'
  ) h on true
  left join lateral (
    select * from (
      (select debit_seq as seq, debit_balance as balance from posting
       where institution_id = a.institution_id and debit_account = a.id and debit_seq is not null
       order by debit_seq desc limit 1)
      union all
      (select credit_seq, credit_balance from posting
       where institution_id = a.institution_id and credit_account = a.id and credit_seq is not null
       order by credit_seq desc limit 1)
    ) legs order by seq desc limit 1
  ) l on true
  where a.institution_id = $1`;

/** No yen made or gone, nobody below the bound, held as much as stands, the last leg is the balance. */
export function differencesOfBalances(accounts: readonly AccountRow[]): string[] {
  const total = accounts.reduce((sum, { balance }) => sum + balance, 0n);
  const found = total === 0n ? [] : [`the balances add up to ${total}`];
  for (const { id, ...row } of accounts) {
    if (row.balance - row.held + row.overdraft < 0n) found.push(`${id} is below its bound`);
    if (row.held !== row.standing) found.push(`${id} holds ${row.held}, not ${row.standing}`);
    if (BigInt(row.debit_stops) !== row.whole) {
      found.push(`${id} has ${row.debit_stops} stops, not ${row.whole}`);
    }
    if (row.version !== (row.last_seq ?? 0n)) {
      found.push(`${id} is at ${row.version}, its last leg at ${row.last_seq}`);
    }
    if (row.balance !== (row.last_balance ?? 0n)) {
      found.push(`${id} has ${row.balance}, its last leg ${row.last_balance}`);
    }
  }
  return found;
}

const LEGS = `
  select * from (
    (select debit_seq as seq, debit_balance as balance, case when credit_seq is null then 0 else -amount end as moved,
            credit_seq is not null as is_entry
     from posting where institution_id = $1 and debit_account = $2 and debit_seq > $3)
    union all
    (select credit_seq, credit_balance, amount, true
     from posting where institution_id = $1 and credit_account = $2 and credit_seq > $3)
  ) legs order by seq`;

/** The newest legs without gap or repeat, each balance the one before and what moved; view and page show the same. */
async function differencesOfHistory(
  tx: Transaction,
  institutionId: number,
  account: bigint,
  version: bigint,
): Promise<string[]> {
  const after = version > BigInt(PAGE) ? version - BigInt(PAGE) : 0n;
  const legs = await tx.query<LegRow>(LEGS, [institutionId, account, after]);
  const found = breaksIn(legs, after, version).map((words) => `${account}: ${words}`);
  const shown = legs
    .filter(({ is_entry }) => is_entry)
    .map(({ seq, balance }) => `${seq}:${balance}`)
    .join(' ');
  const page = await statement(tx, institutionId, account, { after, limit: PAGE });
  const paged = page.map(({ sequence, balanceAfterYen }) => `${sequence}:${balanceAfterYen}`);
  if (paged.join(' ') !== shown) found.push(`${account}: the statement differs from its legs`);
  const entries = await tx.query<{ seq: bigint; balance_after: bigint }>(
    `select seq, balance_after from entry where institution_id = $1 and account_id = $2 and seq > $3
     order by seq`,
    [institutionId, account, after],
  );
  const viewed = entries.map(({ seq, balance_after }) => `${seq}:${balance_after}`);
  if (viewed.join(' ') !== shown) found.push(`${account}: the view differs from its legs`);
  return found;
}

const BEGINNING = { balance: 0n };

export function breaksIn(legs: readonly LegRow[], after: bigint, version: bigint): string[] {
  const found: string[] = [];
  if (after + BigInt(legs.length) !== version) {
    found.push(`${legs.length} legs from ${after} to ${version}`);
  }
  for (const [index, leg] of legs.entries()) {
    const before = legs[index - 1] ?? (after === 0n ? BEGINNING : undefined);
    if (leg.seq !== after + BigInt(index) + 1n) found.push(`leg ${leg.seq} stands at ${index}`);
    if (before && before.balance + leg.moved !== leg.balance) {
      found.push(`leg ${leg.seq} leaves ${leg.balance} after ${before.balance} and ${leg.moved}`);
    }
  }
  return found;
}
