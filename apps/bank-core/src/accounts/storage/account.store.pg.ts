import { assert, CivilDate } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type {
  AccountBalance,
  AccountId,
  AccountNumber,
  AccountStanding,
  AccountType,
  DepositAccount,
  ServiceAccount,
  SystemRole,
} from '../domain/account.js';

interface DetailRow {
  readonly institution_id: number;
  readonly account_id: bigint;
  readonly public_id: AccountId;
  readonly branch_code: string;
  readonly account_type: AccountType;
  readonly account_number: string;
  readonly name_kana: string;
  readonly closed: boolean;
  readonly closed_on: string | null;
  readonly debit_stopped: boolean;
  readonly credit_stopped: boolean;
}

interface ServiceRow extends DetailRow {
  readonly is_main: boolean;
  readonly may_debit: boolean;
}

const DETAIL = `d.institution_id, d.account_id, d.public_id, d.branch_code, d.account_type,
  d.account_number, d.name_kana, a.closed, d.closed_on, a.debit_stops > 0 as debit_stopped,
  a.credit_stopped`;
const JOINED = `account_detail d join account a
  on a.institution_id = d.institution_id and a.id = d.account_id`;

export async function serviceAccountsOf(
  tx: Transaction,
  institutionId: number,
  holderId: string,
): Promise<Omit<ServiceAccount, 'branchName'>[]> {
  const rows = await tx.query<ServiceRow>(
    `select ${DETAIL}, s.is_main, s.may_debit from ${JOINED}
     join service_account s on s.institution_id = d.institution_id and s.account_id = d.account_id
     where s.institution_id = $1 and s.holder_id = $2
     order by s.is_main desc, d.branch_code, d.account_type, d.account_number`,
    [institutionId, holderId],
  );
  return rows.map((row) => ({
    ...depositAccountOf(row),
    isMain: row.is_main,
    mayDebit: row.may_debit,
  }));
}

interface StandingRow {
  closed_on: string | null;
  is_known: boolean;
  is_in_service: boolean;
  main_closed: boolean;
}

export async function standingsOf(
  tx: Transaction,
  institutionId: number,
  accounts: readonly { readonly accountId: string; readonly holderId: string }[],
): Promise<(AccountStanding | undefined)[]> {
  if (accounts.length === 0) return [];
  const rows = await tx.query<StandingRow>(
    `select d.closed_on, d.account_id is not null as is_known,
       s.account_id is not null as is_in_service,
       exists (select from service_account m
         join account_detail e on e.institution_id = m.institution_id and e.account_id = m.account_id
         where m.institution_id = $1 and m.holder_id = x.holder_id and m.is_main
           and e.closed_on is not null) as main_closed
     from unnest($2::text[], $3::text[]) with ordinality as x (public_id, holder_id, place)
     left join account_detail d on d.institution_id = $1 and d.public_id = x.public_id
     left join service_account s on s.institution_id = $1 and s.account_id = d.account_id
       and s.holder_id = x.holder_id
     order by x.place`,
    [
      institutionId,
      accounts.map(({ accountId }) => accountId),
      accounts.map(({ holderId }) => holderId),
    ],
  );
  return rows.map((row) =>
    row.is_known
      ? {
          closedOn: row.closed_on === null ? undefined : CivilDate.from(row.closed_on),
          isInService: row.is_in_service,
          mainAccountClosed: row.main_closed,
        }
      : undefined,
  );
}

export async function byNumber(
  tx: Transaction,
  institutionId: number,
  number: AccountNumber,
): Promise<DepositAccount | undefined> {
  const rows = await tx.query<DetailRow>(
    `select ${DETAIL} from ${JOINED}
     where d.institution_id = $1 and d.branch_code = $2 and d.account_type = $3
       and d.account_number = $4`,
    [institutionId, number.branchCode, number.accountType, number.accountNumber],
  );
  return rows[0] && depositAccountOf(rows[0]);
}

export async function systemAccount(
  tx: Transaction,
  institutionId: number,
  role: SystemRole,
): Promise<bigint> {
  const rows = await tx.query<{ account_id: bigint }>(
    'select account_id from system_account where institution_id = $1 and role = $2',
    [institutionId, role],
  );
  assert(rows[0], `Institution ${institutionId} has no account for ${role}.`);
  return rows[0].account_id;
}

export async function balance(
  tx: Transaction,
  institutionId: number,
  ledgerId: bigint,
): Promise<AccountBalance> {
  const rows = await tx.query<{
    balance: bigint;
    held: bigint;
    overdraft: bigint;
    version: bigint;
  }>(
    'select balance, held, overdraft, version from account where institution_id = $1 and id = $2',
    [institutionId, ledgerId],
  );
  assert(rows[0], `Account ${ledgerId} of institution ${institutionId} has no ledger row.`);
  const { balance, held, overdraft, version } = rows[0];
  return {
    balanceYen: balance,
    heldYen: held,
    overdraftYen: overdraft,
    withdrawableYen: balance - held + overdraft,
    version,
  };
}

function depositAccountOf(row: DetailRow): DepositAccount {
  return {
    institutionId: row.institution_id,
    accountId: row.public_id,
    ledgerId: row.account_id,
    branchCode: row.branch_code,
    accountType: row.account_type,
    accountNumber: row.account_number,
    nameKana: row.name_kana,
    closed: row.closed,
    debitStopped: row.debit_stopped,
    creditStopped: row.credit_stopped,
    ...(row.closed_on ? { closedOn: CivilDate.from(row.closed_on) } : {}),
  };
}
