import { randomUUID } from 'node:crypto';
import { Test } from '@nestjs/testing';
import pg from 'pg';
import { CivilDate, type Instant, type Yen } from '#libs/kernel';
import { Database } from '#libs/platform';
import { startDatabases, type TestDatabases } from '#libs/testing';
import {
  AccountsModule,
  AccountsService,
  PostingRelay,
  type HoldKind,
  type LedgerAnswer,
  type LedgerOrder,
  type OrderLine,
} from '../../src/accounts/index.js';
import { BANK_CONFIG } from '../../src/platform/config.js';
import { PlatformModule } from '../../src/platform/platform.module.js';

export const HERE = 1;
export const ELSEWHERE = 2;
/** The institution's own account that every yen of these tests comes from. */
export const OPENING = 1n;
export const FEE_INCOME = 2n;

type Room = Awaited<ReturnType<typeof roomOn>>;

const roomOn = (databaseUrl: string) =>
  Test.createTestingModule({ imports: [PlatformModule, AccountsModule] })
    .overrideProvider(BANK_CONFIG)
    .useValue({ databaseUrl })
    .compile();

/** The accounts room alone on a database of its own, with two institutions and no jobs running. */
export class LedgerUnderTest {
  private constructor(
    readonly databases: TestDatabases,
    private readonly room: Room,
    private readonly superuser: pg.Pool,
  ) {}

  static async start(): Promise<LedgerUnderTest> {
    const databases = await startDatabases();
    const superuser = new pg.Pool({ connectionString: databases.bank.adminUrl, max: 4 });
    superuser.on('error', () => undefined);
    await superuser.query(`
      insert into institution values (1, 'credit_cooperative'), (2, 'labour_bank');
      insert into institution_code values (1, '2020-01-01', null, '2825', '一', 'イチ', 'One'),
        (2, '2020-01-01', null, '2963', '二', 'ニ', 'Two');
      insert into account (institution_id, id, overdraft)
        select i, a, case a when 1 then 1000000000000000 else 0 end
        from generate_series(1, 2) i, generate_series(1, 2) a`);
    return new LedgerUnderTest(databases, await roomOn(databases.bank.appUrl), superuser);
  }

  /** The same room once more, as a second process would have it. */
  another(): Promise<Room> {
    return roomOn(this.databases.bank.appUrl);
  }

  get accounts(): AccountsService {
    return this.get(AccountsService);
  }

  get database(): Database {
    return this.get(Database);
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.room.get(token);
  }

  /** As the superuser: behind every right, and behind the triggers where it says so. */
  async admin<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.superuser.query(sql, values as unknown[])).rows as Row[];
  }

  /** One statement that the triggers do not see: what somebody with the keys of the house could do. */
  async tamper(sql: string): Promise<void> {
    await this.superuser.query(
      `begin; set local session_replication_role = replica; ${sql}; commit`,
    );
  }

  /** A new account with that balance, moved there by the ledger itself. */
  async account(
    balanceYen: Yen = 0n,
    overdraftYen: Yen = 0n,
    institutionId = HERE,
  ): Promise<bigint> {
    const [row] = await this.admin<{ id: string }>(
      `insert into account (institution_id, id, overdraft) values ($1, nextval('account_id_seq'), $2) returning id`,
      [institutionId, overdraftYen],
    );
    const id = BigInt(row?.id ?? 0);
    if (balanceYen > 0n) await this.posted(pay(OPENING, id, balanceYen), institutionId);
    return id;
  }

  /** What the ledger says to the order; throws when the queue is full. */
  async place(order: LedgerOrder, institutionId = HERE): Promise<LedgerAnswer> {
    const answer = await this.accounts.place(institutionId, order);
    if (!answer.ok) throw new Error(answer.refusal.code);
    return answer.value;
  }

  async status(order: LedgerOrder, institutionId = HERE): Promise<string> {
    return (await this.place(order, institutionId)).status;
  }

  /** Places an order that must be posted, and gives it back. */
  async posted<Order extends LedgerOrder>(order: Order, institutionId = HERE): Promise<Order> {
    const status = await this.status(order, institutionId);
    if (status !== 'posted') throw new Error(`The order was answered ${status}.`);
    return order;
  }

  /**
   * Tells the relay everything posted so far. Waits before until no older transaction runs: the snapshot is that
   * of the whole server, and other tests run on it.
   */
  async relay(): Promise<void> {
    const SETTLED = `select 1 where (select max(xid) from posting)
      < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;
    // Asked again after a breath, so that whoever is waited for gets the processor.
    while ((await this.admin(SETTLED)).length === 0) await this.admin('select pg_sleep(0.02)');
    await this.get(PostingRelay).run();
  }

  balance(account: bigint, institutionId = HERE) {
    return this.database.inInstitution(institutionId, (tx) =>
      this.accounts.balance(tx, institutionId, account),
    );
  }

  async balanceYen(account: bigint): Promise<Yen> {
    return (await this.balance(account)).balanceYen;
  }

  async now(): Promise<Instant> {
    const [row] = await this.admin<{ now: Date }>('select renkei_now() as now');
    return row?.now.getTime() ?? 0;
  }

  async stop(): Promise<void> {
    await this.room.close();
    await this.superuser.end();
    await this.databases.stop();
  }
}

export const DAY = CivilDate.from('2026-11-24');
export const newKey = (): string => `test/${randomUUID()}`;
const base = () => ({ key: newKey(), bookedOn: DAY, mayUseOverdraft: true });

export const line = (debitAccount: bigint, creditAccount: bigint, amountYen: Yen): OrderLine => ({
  operation: 'transfer',
  debitAccount,
  creditAccount,
  amountYen,
  valueOn: DAY,
  debitText: '振込',
  creditText: '振込 ﾐﾅﾄ ﾊﾅｺ',
});

type Post = Extract<LedgerOrder, { act: 'post' }>;
type Hold = Extract<LedgerOrder, { act: 'hold' }>;

export const post = (lines: readonly OrderLine[], more: Partial<Post> = {}): Post => ({
  ...base(),
  act: 'post',
  lines,
  ...more,
});

export const pay = (from: bigint, to: bigint, amountYen: Yen, more: Partial<Post> = {}): Post =>
  post([line(from, to, amountYen)], more);

export const hold = (
  account: bigint,
  kind: HoldKind,
  amountYen: Yen | 'whole',
  more: Partial<Hold> = {},
): Hold => ({ ...base(), act: 'hold', account, kind, amountYen, text: '留保', ...more });

export const release = (account: bigint, placed: { readonly key: string }) => ({
  ...base(),
  act: 'release' as const,
  account,
  hold: placed.key,
  text: '解除',
});

export const close = (account: bigint) => ({
  ...base(),
  act: 'close' as const,
  account,
  text: '解約',
});
