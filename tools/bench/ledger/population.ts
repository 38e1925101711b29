import { CivilDate, newId } from '#libs/kernel';
import type { PostOrder } from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import type { Random } from '../../campaigns/oracle/random.js';
import { withConnection } from '../../databases/index.js';
import { machineNow } from '../../machine-clock.js';

export const INSTITUTION = 1;
/** Accounts are numbered from here: 1 for the first. The hot one is the first. */
export const ACCOUNTS_BEFORE = 1000;
export const OPENING_YEN = 1_000_000_000n;
export const DAY = CivilDate.from('2026-11-22');
/** A holder's daily limit, which no run reaches: refusals are counted apart, and none belongs here. */
export const LIMIT_YEN = 50_000_000n;
export const AMOUNT_MAX = 1000;
export const EPSP = 'epsp_01j0000000000000000000bnch';
/** 摘要 as a transfer within the house writes them: the word and a name in half-width kana. */
export const DEBIT_TEXT = 'ﾛｳｷﾝ ﾊﾅｺ';
export const CREDIT_TEXT = 'ﾛｳｷﾝ ﾀﾛｳ';

const SUBJECT_DIGITS = 26;
export const subjectOf = (account: number): string =>
  `hld_${String(account).padStart(SUBJECT_DIGITS, '0')}`;
/** The same in SQL. */
export const subjectSql = (account: string): string =>
  `'hld_' || lpad((${account})::text, ${SUBJECT_DIGITS}, '0')`;

/** Accounts with an opening balance and, as later in any day, a limit row for everyone. As the owner. */
export async function fillAccounts(ownerUrl: string, accounts: number): Promise<void> {
  const limitMs = 600_000;
  await withConnection(
    ownerUrl,
    async (client) => {
      await client.query(`select set_config('renkei.institution', '${INSTITUTION}', false)`);
      await client.query(`insert into institution values (${INSTITUTION}, 'labour_bank')`);
      await client.query(
        `insert into account (institution_id, id, balance)
         select ${INSTITUTION}, ${ACCOUNTS_BEFORE} + n, ${OPENING_YEN} from generate_series(1, ${accounts}) n`,
      );
      await client.query(
        `insert into limit_use (institution_id, subject, on_date)
         select ${INSTITUTION}, ${subjectSql(`${ACCOUNTS_BEFORE} + n`)}, '${DAY.toString()}'
         from generate_series(1, ${accounts}) n`,
      );
      await client.query('vacuum analyze account');
      await client.query('vacuum analyze limit_use');
    },
    limitMs,
  );
}

/** Any two accounts; or, when one is hot, the hot one as every payee. */
export function orderBetween(random: Random, accounts: number, isHot: boolean): PostOrder {
  const debit =
    ACCOUNTS_BEFORE + (isHot ? random.between(2, accounts) : random.between(1, accounts));
  const step = random.between(1, accounts - 1);
  const credit = isHot
    ? ACCOUNTS_BEFORE + 1
    : ACCOUNTS_BEFORE + 1 + ((debit - ACCOUNTS_BEFORE - 1 + step) % accounts);
  const amountYen = BigInt(random.between(1, AMOUNT_MAX));
  return {
    act: 'post',
    key: newId('trf', machineNow()),
    bookedOn: DAY,
    mayUseOverdraft: true,
    party: { epspId: EPSP, chainPartnerId: 'none' },
    limit: {
      subject: subjectOf(debit),
      limitYen: LIMIT_YEN,
      chargeYen: amountYen,
      requestedOn: DAY,
      designatedOn: DAY,
    },
    lines: [
      {
        operation: 'transfer',
        debitAccount: BigInt(debit),
        creditAccount: BigInt(credit),
        amountYen,
        valueOn: DAY,
        debitText: DEBIT_TEXT,
        creditText: CREDIT_TEXT,
      },
    ],
  };
}
