import pg from 'pg';
import { withConnection } from '../../databases/index.js';
import {
  ACCOUNTS_BEFORE,
  AMOUNT_MAX,
  CREDIT_TEXT,
  DAY,
  DEBIT_TEXT,
  INSTITUTION,
  OPENING_YEN,
} from '../ledger/population.js';

const LIMIT_MS = 1_200_000;

/**
 * History without a loop: in each round every account pays the same sum to the account `shift` places on, in the
 * order of the accounts. So in round r account a has the sequences 2r + 1 and 2r + 2, and whether it pays or
 * receives first depends only on whether its payer stands before it. At the end of a round everybody has what
 * they began with.
 */
export const ROUND = `
  insert into posting (institution_id, id, xid, key, hash, line, status, detail, operation, debit_account, debit_seq,
      debit_balance, credit_account, credit_seq, credit_balance, amount, posted_at, booked_on, value_on,
      debit_text, credit_text, edi_text)
  select ${INSTITUTION}, nextval('posting_id_seq'), pg_current_xact_id()::text::bigint, uuidv7(), gen_random_uuid(),
         1, 'posted', '', 'transfer',
         ${ACCOUNTS_BEFORE + 1} + a, 2 * $2::bigint + case when a >= $3 then 2 else 1 end,
         ${OPENING_YEN} - case when a >= $3 then 0 else $4::bigint end,
         ${ACCOUNTS_BEFORE + 1} + (a + $3) % $1, 2 * $2::bigint + case when a + $3 < $1 then 1 else 2 end,
         ${OPENING_YEN} + case when a + $3 < $1 then $4::bigint else 0 end,
         $4, date '${DAY.toString()}' - ($5::int - $2::int), date '${DAY.toString()}' - ($5::int - $2::int),
         date '${DAY.toString()}' - ($5::int - $2::int),
         '${DEBIT_TEXT}', '${CREDIT_TEXT}', ''
  from generate_series(0::bigint, $1::bigint - 1) a`;

/** A shift between 1 and accounts − 1 that spreads the pairs, another one in each round. */
export const shiftOf = (round: number, accounts: number): number =>
  1 + ((round * 7919 + 4241) % (accounts - 1));

/** A sum between 1 and the largest of the bench, another one in each round. */
export const amountOf = (round: number): number => 1 + ((round * 97) % AMOUNT_MAX);

/**
 * `rounds` postings per account, as the owner. Indexes are made anew afterwards, the ones over legs as full as
 * they become by insertions in no order.
 */
export async function fillPostings(
  ownerUrl: string,
  accounts: number,
  rounds: number,
): Promise<void> {
  await withConnection(
    ownerUrl,
    async (client) => {
      await client.query(`select set_config('renkei.institution', '${INSTITUTION}', false)`);
      await client.query(`set maintenance_work_mem = '1GB'`);
      const indexes = await constraintsOf(client);
      const others = await otherIndexesOf(client);
      await client.query('begin');
      for (const { name } of others) {
        await client.query(`drop index ${pg.escapeIdentifier(name)}`);
      }
      for (const { name } of indexes) {
        await client.query(`alter table posting drop constraint ${pg.escapeIdentifier(name)}`);
      }
      for (let round = 0; round < rounds; round += 1) {
        const values = [accounts, round, shiftOf(round, accounts), amountOf(round), rounds];
        await client.query(ROUND, values);
      }
      for (const index of indexes) await restore(client, index);
      for (const { definition } of others) await client.query(definition);
      await client.query(
        `update account set version = ${2 * rounds}, booked_on = date '${DAY.toString()}' - 1`,
      );
      await client.query('commit');
      await client.query('vacuum analyze posting');
      await client.query('vacuum analyze account');
    },
    LIMIT_MS,
  );
}

/** Brings rows and leg indexes into the server's memory, as the working day of a bank would have. */
export async function readOnce(url: string): Promise<void> {
  await withConnection(
    url,
    async (client) => {
      await client.query('set enable_seqscan = off; set enable_bitmapscan = off');
      for (const leg of ['debit', 'credit']) {
        await client.query(
          `select sum(amount) from posting where institution_id = ${INSTITUTION} and ${leg}_account > 0`,
        );
      }
      await client.query('select sum(balance) from account where id > 0');
      await client.query('select sum(requested) from limit_use where on_date is not null');
    },
    LIMIT_MS,
  );
}

interface Constraint {
  readonly name: string;
  readonly kind: 'p' | 'u';
  readonly definition: string;
}

async function constraintsOf(client: pg.Client): Promise<readonly Constraint[]> {
  const { rows } = await client.query<Constraint>(
    `select conname as name, contype as kind, pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = 'posting'::regclass and contype in ('p', 'u') order by conname`,
  );
  return rows;
}

async function otherIndexesOf(client: pg.Client): Promise<readonly Omit<Constraint, 'kind'>[]> {
  const { rows } = await client.query<Omit<Constraint, 'kind'>>(
    `select relname as name, pg_get_indexdef(c.oid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = 'posting'::regclass
       and not exists (select from pg_constraint where conindid = c.oid and conrelid = i.indrelid)`,
  );
  return rows;
}

/** Of keys that come in no order a page holds about seven tenths; those that come in order fill it. */
async function restore(client: pg.Client, { name, kind, definition }: Constraint): Promise<void> {
  const fill = kind === 'u' ? ' with (fillfactor = 70)' : '';
  await client.query(
    `alter table posting add constraint ${pg.escapeIdentifier(name)} ${definition}${fill}`,
  );
}
