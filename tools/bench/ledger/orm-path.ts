import { DataSource, EntitySchema } from 'typeorm';
import type { Random } from '../../campaigns/oracle/random.js';
import { AMOUNT_MAX, LIMIT_YEN } from './population.js';

interface Account {
  id: string;
  balance: string;
  version: string;
}
interface LimitUse {
  subject: string;
  used: string;
}
interface Stop {
  epsp: string;
  state: string;
}
interface Transfer {
  key: string;
  hash: string;
  debit: string;
  credit: string;
  amount: string;
  status: string;
}
interface Entry {
  id?: string;
  transfer: string;
  account: string;
  amount: string;
  balance: string;
  version: string;
}
interface Message {
  id?: string;
  transfer: string;
  content: object;
}

const bigint = { type: 'bigint' } as const;
const text = { type: 'text' } as const;
const identity = { type: 'bigint', primary: true, generated: 'increment' } as const;

const accounts = new EntitySchema<Account>({
  name: 'orm_account',
  columns: { id: { ...bigint, primary: true }, balance: bigint, version: bigint },
});
const limits = new EntitySchema<LimitUse>({
  name: 'orm_limit',
  columns: { subject: { ...text, primary: true }, used: bigint },
});
const stops = new EntitySchema<Stop>({
  name: 'orm_stop',
  columns: { epsp: { ...text, primary: true }, state: text },
});
const transfers = new EntitySchema<Transfer>({
  name: 'orm_transfer',
  columns: {
    key: { type: 'uuid', primary: true },
    hash: { type: 'uuid' },
    debit: bigint,
    credit: bigint,
    amount: bigint,
    status: text,
  },
});
const entries = new EntitySchema<Entry>({
  name: 'orm_entry',
  columns: {
    id: identity,
    transfer: { type: 'uuid' },
    account: bigint,
    amount: bigint,
    balance: bigint,
    version: bigint,
  },
  uniques: [{ columns: ['account', 'version'] }],
});
const messages = new EntitySchema<Message>({
  name: 'orm_message',
  columns: { id: identity, transfer: { type: 'uuid' }, content: { type: 'jsonb' } },
});

/** The tables of the comparison; `isNew` creates them, which only the bench's own empty database is for. */
export const ormSource = (url: string, connections: number, isNew = false): Promise<DataSource> =>
  new DataSource({
    type: 'postgres',
    url,
    entities: [accounts, limits, stops, transfers, entries, messages],
    synchronize: isNew,
    installExtensions: false,
    extra: { max: connections },
  }).initialize();

export async function prepareOrm(url: string, count: number): Promise<void> {
  const source = await ormSource(url, 1, true);
  await source.query(
    `insert into orm_account select n, 1000000000, 0 from generate_series(1, ${count}) n`,
  );
  await source.query(
    `insert into orm_limit select 'hld_' || n, 0 from generate_series(1, ${count}) n`,
  );
  await source.destroy();
}

/**
 * One posting as an application over entities writes it: fifteen round trips, each row read, changed and written.
 * Rows are locked in sorted order, so that it is as correct as what it is compared with.
 */
export async function postThroughOrm(
  source: DataSource,
  random: Random,
  count: number,
): Promise<void> {
  const debit = random.between(1, count);
  const credit = 1 + ((debit - 1 + random.between(1, count - 1)) % count);
  const amount = BigInt(random.between(1, AMOUNT_MAX));
  const [key, hash] = [crypto.randomUUID(), crypto.randomUUID()];
  await source.transaction(async (manager) => {
    if (await manager.findOneBy(transfers, { key })) return;
    await manager.query('select pg_advisory_xact_lock_shared(1)');
    const stop = await manager.findOneBy(stops, { epsp: 'bench' });
    const lock = { mode: 'pessimistic_write' } as const;
    const limit = await manager.findOneOrFail(limits, { where: { subject: `hld_${debit}` }, lock });
    const rows = new Map<number, Account>();
    for (const id of [debit, credit].sort((a, b) => a - b)) {
      rows.set(id, await manager.findOneOrFail(accounts, { where: { id: String(id) }, lock }));
    }
    const [payer, payee] = [rows.get(debit)!, rows.get(credit)!];
    const used = BigInt(limit.used) + amount;
    if (stop || used > LIMIT_YEN || BigInt(payer.balance) < amount) throw new Error('refused');
    const changed = ({ balance, version }: Account, by: bigint) => ({
      balance: String(BigInt(balance) + by),
      version: String(BigInt(version) + 1n),
    });
    const [paid, received] = [changed(payer, -amount), changed(payee, amount)];
    await manager.update(limits, { subject: limit.subject }, { used: String(used) });
    await manager.update(accounts, { id: payer.id }, paid);
    await manager.update(accounts, { id: payee.id }, received);
    const sides = { debit: payer.id, credit: payee.id, amount: String(amount) };
    await manager.insert(transfers, { key, hash, ...sides, status: 'posted' });
    await manager.insert(entries, [
      { transfer: key, account: payer.id, amount: String(-amount), ...paid },
      { transfer: key, account: payee.id, amount: String(amount), ...received },
    ]);
    await manager.insert(messages, { transfer: key, content: { ...sides, key } });
  });
}

export const ORM_TRUTH = `
  select (select count(*) from orm_transfer)::int as committed,
         (select sum(amount) <> 0 from orm_entry)
           or (select count(*) from orm_entry) <> 2 * (select count(*) from orm_transfer)
           or exists (select from orm_account a left join
                (select account, sum(amount) as sum, max(version) as version, count(*) as legs
                 from orm_entry group by 1) e on e.account = a.id
                where a.balance <> 1000000000 + coalesce(e.sum, 0) or a.version <> coalesce(e.version, 0)
                   or a.version <> coalesce(e.legs, 0)) as wrong`;
