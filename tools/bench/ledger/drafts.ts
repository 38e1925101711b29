import { hashOf } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { FixPlan } from '../../../apps/bank-core/src/transfers/storage/fix-transfers.store.pg.js';
import { withConnection } from '../../databases/index.js';
import { machineNow } from '../../machine-clock.js';
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

const LIMIT_MS = 600_000;
const [OUR_BANK, OTHER_BANK] = ['2963', '0001'];
const [CLEARING, FEE_INCOME] = [1, 2];

/** A holder with internet banking for each account, and the institution's own accounts. As the owner. */
export async function fillHolders(ownerUrl: string, accounts: number): Promise<void> {
  await withConnection(
    ownerUrl,
    async (client) => {
      await client.query(`select set_config('renkei.institution', '${INSTITUTION}', false)`);
      await client.query(
        `insert into account (institution_id, id)
         values (${INSTITUTION}, ${CLEARING}), (${INSTITUTION}, ${FEE_INCOME})`,
      );
      await client.query(
        `insert into system_account
         values (${INSTITUTION}, 'clearing', ${CLEARING}), (${INSTITUTION}, 'fee_income', ${FEE_INCOME})`,
      );
      const account = `${ACCOUNTS_BEFORE} + n`;
      await client.query(
        `insert into holder
         select ${INSTITUTION}, ${subjectSql(account)}, 'individual', 'k', 'k', 'm', n::text, 'active', '2020-01-01',
           ${LIMIT_YEN}, ${LIMIT_YEN}
         from generate_series(1, $1::int) n`,
        [accounts],
      );
      await client.query(
        `insert into service_account
         select ${INSTITUTION}, ${subjectSql(account)}, ${account}, true, true from generate_series(1, $1::int) n`,
        [accounts],
      );
      await client.query('analyze account, system_account, holder, service_account');
    },
    LIMIT_MS,
  );
}

/**
 * Transfers that their holders have before them and may confirm, until there are `wanted`; how many there were
 * before does not matter. Every second one stays in the house, the others leave through clearing. As the owner.
 */
export async function topUpDrafts(
  ownerUrl: string,
  accounts: number,
  wanted: number,
): Promise<void> {
  await withConnection(
    ownerUrl,
    async (client) => {
      await client.query(`select set_config('renkei.institution', '${INSTITUTION}', false)`);
      await client.query(
        `with stand as (
           select count(*) as made, count(*) filter (where status = 'ACTC') as open from transfer)
         insert into transfer (institution_id, id, client_id, epsp_id, chain_partner_id, instruction_id, content_hash,
           creditor_bank, creditor_branch, creditor_type, creditor_number, creditor_name, amount, status, received_at,
           offered_at, expires_at, changed_at, holder_id)
         select ${INSTITUTION}, 'trf_' || lpad(n::text, 26, '0'), 'bench', '${EPSP}', 'none', n::text, 'bench',
           case n % 2 when 0 then '${OUR_BANK}' else '${OTHER_BANK}' end, '001', '1',
           lpad((${ACCOUNTS_BEFORE + 1} + (debit + step) % $1::int)::text, 7, '0'), '${CREDIT_TEXT}',
           1 + (n * 97) % ${AMOUNT_MAX}, 'ACTC', now(), now(), now() + interval '1 day', now(),
           ${subjectSql(`${ACCOUNTS_BEFORE + 1} + debit`)}
         from stand, generate_series(made + 1, made + $2::bigint - open) n
         cross join lateral (
           select (hashint8(n)::bigint & 2147483647) % $1::int as debit,
                  1 + (hashint8(-n)::bigint & 2147483647) % ($1::int - 1) as step) pair`,
        [accounts, wanted],
      );
      await client.query('analyze transfer');
    },
    LIMIT_MS,
  );
}

interface DraftRow {
  readonly id: string;
  readonly holder_id: string;
  readonly creditor_bank: string;
  readonly creditor_number: string;
  readonly amount: bigint;
}

/** What was decided about each draft before its 確定: all that `TransferWriter.fix` is given. */
export async function plansOf(tx: Transaction): Promise<FixPlan[]> {
  const rows = await tx.query<DraftRow>(
    `select id, holder_id, creditor_bank, creditor_number, amount from transfer
     where status = 'ACTC' order by id`,
  );
  const now = machineNow();
  return rows.map((row) => {
    const isOurs = row.creditor_bank === OUR_BANK;
    const debitAccount = BigInt(row.holder_id.slice('hld_'.length));
    const shown = shownOf(row, debitAccount);
    return {
      institutionId: INSTITUTION,
      transferId: row.id,
      holderId: row.holder_id,
      debitAccount,
      creditAccount: isOurs ? BigInt(row.creditor_number) : null,
      receivedAt: now,
      requestedOn: DAY,
      designatedOn: DAY,
      kind: isOurs ? 'furikae' : 'furikomi',
      feeYen: 0n,
      limitSubject: row.holder_id,
      limitYen: LIMIT_YEN,
      chargeYen: row.amount,
      contentHash: hashOf(shown),
      shown,
      factors: ['confirmation_password', 'otp'],
      interactionId: row.id,
      debitText: CREDIT_TEXT,
      creditText: DEBIT_TEXT,
      payerName: DEBIT_TEXT,
      overdraftUsable: true,
    };
  });
}

/** As long as what a holder confirms and what is recorded of it. */
const shownOf = (row: DraftRow, debitAccount: bigint) => ({
  transferId: row.id,
  requester: { epspId: EPSP, chainPartnerId: 'none' },
  payer: {
    accountId: row.holder_id.replace('hld', 'acc'),
    branchCode: '001',
    accountType: '1',
    accountNumber: String(debitAccount).padStart(7, '0'),
  },
  payee: {
    bankCode: row.creditor_bank,
    branchCode: '001',
    accountType: '1',
    accountNumber: row.creditor_number,
    nameKana: CREDIT_TEXT,
    verified: false,
  },
  amountYen: row.amount,
  feeYen: 0n,
  designatedOn: DAY,
});

/**
 * Every 確定 is a posting with the confirmed hash, a transfer that is formed, a record, and outside the house a
 * line of the outbox; as many of each, and nothing of one that is still a draft.
 */
export const CONFIRMED_TRUTH = `
  with formed as (
    select id, amount, status, substr(confirmed_hash, 8, 32)::uuid as hash from transfer where formed_at is not null)
  select (select count(*) from formed)::int as committed,
    exists (select from formed f left join posting p
              on p.hash = f.hash and p.amount = f.amount and p.status = 'posted'
            where p.hash is null)
      or exists (select from formed f left join record r on r.transfer_id = f.id and r.kind = 'transfer_fixed'
                 where r.id is null)
      or (select count(*) from record) <> (select count(*) from formed)
      or exists (select from formed f full join clearing_outbox o on o.transfer_id = f.id
                 where (o.id is null) = (f.status = 'ACSP') or o.amount <> f.amount)
      or (select count(*) from transfer where status not in ('ACTC', 'ACSC', 'ACSP')) > 0 as wrong`;
