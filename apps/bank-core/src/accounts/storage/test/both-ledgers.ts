import { assert, type Instant } from '#libs/kernel';
import type pg from 'pg';
import { LedgerModel, type CallerRefusal } from '../../domain/ledger-model.js';
import type { LedgerAnswer, LedgerOrder, LedgerStatus } from '../../domain/ledger-order.js';
import { yenOf } from '../../domain/model/judge-hold.js';
import type { ModelAccount, ModelLinkStop } from '../../domain/model/ledger-state.js';
import type { ModelPosting } from '../../domain/model/posting-rows.js';
import { isPlain, NOT_PLAIN, postMany, postOne, type Statements } from '../order.store.pg.js';
import { sqlStateOf } from '../sql-state.js';

const KNOWN_KEY = '23505';
/** Where the caller's refusals stand among the values of `ledger_post_many`. */
const REFUSALS_AT = 14;

export interface PlaceOptions {
  readonly at: Instant;
  readonly mayBeKnown?: boolean;
  readonly callers?: readonly (CallerRefusal | undefined)[];
}

/** One institution's ledger twice, in memory and in the database; every difference is written down. */
export class BothLedgers {
  readonly model = new LedgerModel();
  readonly differences: string[] = [];
  readonly seen = new Set<LedgerStatus>();
  /** What the model holds that the ledger must have written, in its order. */
  readonly postings: ModelPosting[] = [];
  answersCompared = 0;
  rowsCompared = 0;
  /** Orders that were posted by the short way. */
  shortWays = 0;

  private constructor(
    private readonly institutionId: number,
    private readonly app: pg.Client,
    private readonly owner: pg.Client,
  ) {}

  static async found(id: number, app: pg.Client, owner: pg.Client): Promise<BothLedgers> {
    await owner.query(`insert into institution values ($1, 'labour_bank')`, [id]);
    return new BothLedgers(id, app, owner);
  }

  /** Accounts as they stand before the first order, free and empty unless said otherwise. */
  async open(accounts: ReadonlyMap<bigint, Partial<ModelAccount>>): Promise<void> {
    for (const [id, differing] of accounts) this.model.open(id, differing);
    const ids = [...accounts.keys()];
    const column = (pick: (account: ModelAccount) => unknown) =>
      ids.map((id) => pick(this.account(id)));
    await this.enter();
    await this.owner.query(
      `insert into account (institution_id, id, balance, held, overdraft, version, booked_on, closed,
         debit_stops, credit_stopped)
       select $1, * from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
         $7::date[], $8::boolean[], $9::smallint[], $10::boolean[])`,
      [
        this.institutionId,
        ids,
        column(({ balance }) => balance),
        column(({ held }) => held),
        column(({ overdraft }) => overdraft),
        column(({ version }) => version),
        column(({ bookedOn }) => bookedOn.toString()),
        column(({ closed }) => closed),
        column(({ debitStops }) => debitStops),
        column(({ creditStopped }) => creditStopped),
      ],
    );
  }

  async stopLinks(stops: readonly ModelLinkStop[]): Promise<void> {
    this.model.state.linkStops.push(...stops);
    await this.enter();
    for (const { epspId, chainPartnerId, state, clause, since, until } of stops) {
      await this.owner.query(
        `insert into link_state (institution_id, epsp_id, chain_partner_id, function, state, clause, basis,
           measure_id, since, until)
         values ($1, $2, $3, '*', $4, $5, '', '', to_timestamp($6::float8 / 1000),
           to_timestamp($7::float8 / 1000))`,
        [this.institutionId, epspId, chainPartnerId, state, clause, since, until ?? null],
      );
    }
  }

  /** A batch of distinct keys through both; a key that is known must raise where nobody looks it up. */
  async place(orders: readonly LedgerOrder[], options: PlaceOptions): Promise<LedgerAnswer[]> {
    const { at, callers = [] } = options;
    const batch = { institutionId: this.institutionId, orders, postedAt: at };
    const placed = this.model.placeBatch(orders, at, callers);
    const isKnown = placed.some(({ rows }) => rows.length === 0);
    const statements = this.refusing(orders.map((_, index) => callers[index] ?? 'posted'));
    const mayBeKnown = options.mayBeKnown ?? false;
    const answers = await postMany(statements, { ...batch, mayBeKnown }).catch((error: unknown) => {
      if (sqlStateOf(error) !== KNOWN_KEY) throw error;
      if (mayBeKnown || !isKnown) this.differences.push(`a key is known: ${String(error)}`);
      return postMany(statements, { ...batch, mayBeKnown: true });
    });
    this.compareAnswers(orders, answers, placed);
    return answers;
  }

  /** One order, by the short way where it may take it: what that refuses must have changed nothing. */
  async placeShortly(order: LedgerOrder, at: Instant): Promise<void> {
    if (!isPlain(order)) {
      await this.place([order], { at });
      return;
    }
    try {
      const answer = await postOne(this.app, this.institutionId, order);
      this.compareAnswers([order], [answer], [this.model.place(order, at)]);
      this.shortWays += 1;
    } catch (error) {
      const state = sqlStateOf(error);
      if (state !== NOT_PLAIN && state !== KNOWN_KEY) throw error;
      await this.place([order], { at, mayBeKnown: true });
    }
  }

  /** Everything that stands: each posting row in its order, accounts, holds, sums, corrections. */
  async compareState(): Promise<void> {
    const found = await this.dump();
    const { accounts, holds, limits, corrected } = this.model.state;
    const expected = {
      postings: this.postings.map(rowValues).map(line),
      accounts: [...accounts].map(([id, account]) => line([id, ...accountValues(account)])),
      holds: [...holds].map(([key, hold]) =>
        line([
          key,
          hold.account,
          hold.kind,
          yenOf(hold) || null,
          hold.capturedYen,
          hold.state,
          hold.expiresAt,
          hold.endedBy,
          hold.state !== 'held',
        ]),
      ),
      // A refused order may have left a row of zeros for its day: the same as none.
      limits: [...limits]
        .filter(([, { requested, designated }]) => requested + designated > 0n)
        .map(([day, { requested, designated }]) => line([day, requested, designated])),
      corrections: [...corrected],
    };
    for (const table of ['postings', 'accounts', 'holds', 'limits', 'corrections'] as const) {
      const rows = table === 'postings' ? expected[table] : [...expected[table]].sort();
      const length = Math.max(rows.length, found[table].length);
      for (let index = 0; index < length; index += 1)
        this.differ(table, found[table][index], rows[index]);
      this.rowsCompared += rows.length;
    }
  }

  /** What the database holds of this institution, in words; the time of posting only on request. */
  async dump() {
    await this.enter();
    const rows = async (text: string): Promise<string[]> => {
      const found = await this.owner.query<unknown[]>({
        text,
        values: [this.institutionId],
        rowMode: 'array',
      });
      return found.rows.map(line);
    };
    const sorted = async (text: string): Promise<string[]> => (await rows(text)).sort();
    return {
      postings: await rows(
        `select key, line, hash, status, detail, operation, debit_account::bigint, debit_seq,
           debit_balance, credit_account::bigint, credit_seq, credit_balance, amount, value_on::text,
           debit_text, credit_text, edi_text, booked_on::text from posting where institution_id = $1 order by id`,
      ),
      accounts: await sorted(
        `select id, balance, held, overdraft, version, closed, debit_stops, credit_stopped,
           booked_on::text from account where institution_id = $1`,
      ),
      holds: await sorted(
        `select key, account_id, kind, amount, captured, state, (extract(epoch from expires_at) * 1000)::bigint,
           ended_by, ended_at is not null from hold where institution_id = $1`,
      ),
      limits: await sorted(
        `select subject || ' ' || on_date, requested, designated from limit_use
         where institution_id = $1 and requested + designated > 0`,
      ),
      corrections: await sorted(
        'select corrects from posting_correction where institution_id = $1',
      ),
    };
  }

  private compareAnswers(
    orders: readonly LedgerOrder[],
    answers: readonly LedgerAnswer[],
    placed: ReturnType<LedgerModel['placeBatch']>,
  ): void {
    placed.forEach(({ answer, rows }, index) => {
      const found = answers[index];
      assert(found, 'Each order has an answer.');
      this.differ(
        `answer to ${describe(orders[index])}`,
        line([found.status, found.detail]),
        line([answer.status, answer.detail]),
      );
      this.seen.add(found.status);
      this.postings.push(...rows);
      this.answersCompared += 1;
    });
  }

  private differ(what: string, found: string | undefined, expected: string | undefined): void {
    if (found !== expected)
      this.differences.push(`${what}: SQL ${found ?? '-'}, model ${expected ?? '-'}`);
  }

  private refusing(refusals: readonly string[]): Statements {
    return {
      query: (statement) => {
        const values = [...statement.values];
        values[REFUSALS_AT] = `{${refusals.join(',')}}`;
        return this.app.query({ ...statement, values });
      },
    };
  }

  private account(id: bigint): ModelAccount {
    const account = this.model.state.accounts.get(id);
    assert(account, `Account ${id} was opened.`);
    return account;
  }

  private async enter(): Promise<void> {
    await this.owner.query(`select set_config('renkei.institution', $1, false)`, [
      String(this.institutionId),
    ]);
  }
}

const line = (values: readonly unknown[]): string =>
  values.map((value) => (value === null || value === undefined ? '-' : String(value))).join('|');

const accountValues = (account: ModelAccount): unknown[] => [
  account.balance,
  account.held,
  account.overdraft,
  account.version,
  account.closed,
  account.debitStops,
  account.creditStopped,
  account.bookedOn,
];

const rowValues = (row: ModelPosting): unknown[] => [
  row.key,
  row.line,
  row.hash,
  row.status,
  row.detail,
  row.operation,
  row.debitAccount,
  row.debitSeq,
  row.debitBalance,
  row.creditAccount,
  row.creditSeq,
  row.creditBalance,
  row.amountYen,
  row.valueOn,
  row.debitText,
  row.creditText,
  row.ediText,
  row.bookedOn,
];

const describe = (order: LedgerOrder | undefined): string =>
  JSON.stringify(order, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
