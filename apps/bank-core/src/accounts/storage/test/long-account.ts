import pg from 'pg';
import type { CivilDate } from '#libs/kernel';

interface LongAccount {
  readonly institution: number;
  readonly account: bigint;
  /** In equal parts on each day, debits and credits by turns. */
  readonly legs: number;
  readonly first: CivilDate;
  readonly days: number;
}

/** An account with a long history by sets, as postings would have left it; its other side is the next account. */
export async function fillLongAccount(owner: pg.Client, long: LongAccount): Promise<void> {
  const { institution, account, legs, first, days } = long;
  await owner.query(`insert into institution values ($1, 'labour_bank')`, [institution]);
  await owner.query(`select set_config('renkei.institution', $1, false)`, [String(institution)]);
  await owner.query(
    `insert into account (institution_id, id, balance, overdraft, version, booked_on)
     select $1, id, 0, 10, $3, $4::date from unnest(array[$2::bigint, $2::bigint + 1]) id`,
    [institution, account, legs, first.plusDays(days - 1).toString()],
  );
  await owner.query(
    `insert into posting (institution_id, id, xid, key, hash, line, status, detail, operation, debit_account,
       debit_seq, debit_balance, credit_account, credit_seq, credit_balance, amount, posted_at, booked_on, value_on,
       debit_text, credit_text, edi_text)
     select $1, nextval('posting_id_seq'), pg_current_xact_id()::text::bigint, gen_random_uuid(), gen_random_uuid(),
       1, 'posted', '', 'transfer', $2::bigint + n % 2, n, -(n % 2), $2::bigint + 1 - n % 2, n, n % 2, 1, now(),
       day, day, '', '', ''
     from generate_series(1, $3::int) n, lateral (select $4::date + (n - 1) / ($3::int / $5::int) as day) d`,
    [institution, account, legs, first.toString(), days],
  );
  // Orders that were refused stand in the leg indexes too, without a sequence.
  await owner.query(
    `insert into posting (institution_id, id, xid, key, hash, line, status, detail, operation, debit_account,
       credit_account, amount, posted_at, booked_on, value_on, debit_text, credit_text, edi_text)
     select $1, nextval('posting_id_seq'), pg_current_xact_id()::text::bigint, gen_random_uuid(), gen_random_uuid(),
       1, 'insufficient_funds', '', 'transfer', $2::bigint + n % 2, $2::bigint + 1 - n % 2, 1, now(), $3::date,
       $3::date, '', '', ''
     from generate_series(1, 500) n`,
    [institution, account, first.toString()],
  );
}
