import { writeFile } from 'node:fs/promises';
import {
  ACCOUNTS_BEFORE,
  AMOUNT_MAX,
  CREDIT_TEXT,
  DAY,
  DEBIT_TEXT,
  EPSP,
  INSTITUTION,
  LIMIT_YEN,
  subjectSql,
} from './population.js';

/**
 * The single call as bank-core's own statement makes it, driven by pgbench. Keys come from uuidv7(): they sort by
 * time as ours do, so the key's index grows as in production. What differs from transaction to transaction is a
 * parameter, and so are the texts.
 */
const script = (
  accounts: number,
): string => `\\set debit ${ACCOUNTS_BEFORE} + random(1, ${accounts})
\\set step random(1, ${accounts - 1})
\\set credit ${ACCOUNTS_BEFORE + 1} + (:debit - ${ACCOUNTS_BEFORE + 1} + :step) % ${accounts}
\\set amount random(1, ${AMOUNT_MAX})
select ledger_post_one(p_institution => :institution::smallint, p_booked_on => :day::date,
  p_posted_at => null, p_epsp => :epsp, p_key => uuidv7(), p_hash => gen_random_uuid(),
  p_operation => 'transfer', p_debit => :debit::bigint, p_credit => :credit::bigint,
  p_amount => :amount::bigint, p_value_on => :day::date, p_debit_text => :debit_text,
  p_credit_text => :credit_text, p_edi_text => '', p_use_overdraft => true,
  p_subject => ${subjectSql(':debit::bigint')}, p_day => :day::date, p_limit => :limit::bigint,
  p_charge => :amount::bigint);
`;

/** Writes the script to `file`; what pgbench is to be called with. */
export async function singleCallArgs(file: string, accounts: number): Promise<readonly string[]> {
  await writeFile(file, script(accounts));
  const values = {
    institution: String(INSTITUTION),
    day: DAY.toString(),
    epsp: EPSP,
    debit_text: DEBIT_TEXT,
    credit_text: CREDIT_TEXT,
    limit: String(LIMIT_YEN),
  };
  return [
    '-f',
    file,
    ...Object.entries(values).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
  ];
}
