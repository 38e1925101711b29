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
import type { Size } from './figures.js';

/** Numbers of the two accounts with a long history; the other side of each is the account behind it. */
export const LONG_ACCOUNT: Readonly<Record<Size, number>> = { small: 1, large: 3 };
export const LONG_LEGS: Readonly<Record<Size, number>> = { small: 1_000, large: 100_000 };
export const LONG_ACCOUNTS = 4;
/** Longer than what may be asked about (P.sm.inquiry.period), so that a period begins in the middle. */
export const LONG_DAYS = 600;

const LIMIT_MS = 600_000;

/**
 * The sums come and go in turns, so many legs to a day, until yesterday; both histories are written side by side in
 * the order of time, as a bank's are.
 */
const FILL = `
  insert into posting (institution_id, id, xid, key, hash, line, status, detail, operation, debit_account, debit_seq,
      debit_balance, credit_account, credit_seq, credit_balance, amount, posted_at, booked_on, value_on,
      debit_text, credit_text, edi_text)
  select ${INSTITUTION}, nextval('posting_id_seq'), pg_current_xact_id()::text::bigint, uuidv7(), gen_random_uuid(),
         1, 'posted', '', 'transfer',
         account + n % 2, n, ${OPENING_YEN} - n % 2 * amount, account + 1 - n % 2, n, ${OPENING_YEN} + n % 2 * amount,
         amount, day, day, day, '${DEBIT_TEXT}', '${CREDIT_TEXT}', ''
  from (
    select ${ACCOUNTS_BEFORE} + l.account as account, n, 1 + ((n - 1) / 2 * 97) % ${AMOUNT_MAX} as amount,
           date '${DAY.toString()}' - ${LONG_DAYS} + ((n - 1) * ${LONG_DAYS} / l.legs)::int as day
    from unnest($1::bigint[], $2::bigint[]) l(account, legs), generate_series(1, l.legs) n
    order by n::float8 / l.legs) leg`;

/** Gives the accounts, which have only their opening balance, their histories. As the owner. */
export async function fillLongHistories(ownerUrl: string): Promise<void> {
  await withConnection(
    ownerUrl,
    async (client) => {
      await client.query(`select set_config('renkei.institution', '${INSTITUTION}', false)`);
      const sizes = ['small', 'large'] as const;
      const values = [
        sizes.map((size) => LONG_ACCOUNT[size]),
        sizes.map((size) => LONG_LEGS[size]),
      ];
      await client.query(FILL, values);
      await client.query(
        `update account a set version = l.legs, booked_on = date '${DAY.toString()}' - 1
         from unnest($1::bigint[], $2::bigint[]) l(account, legs)
         where a.id - ${ACCOUNTS_BEFORE} in (l.account, l.account + 1)`,
        values,
      );
      await client.query('vacuum analyze posting');
      await client.query('vacuum analyze account');
    },
    LIMIT_MS,
  );
}
