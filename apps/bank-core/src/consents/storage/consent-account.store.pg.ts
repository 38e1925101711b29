import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ConsentAccount } from '../domain/consent-views.js';

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

interface AccountRow {
  account_id: string;
  status: ConsentAccount['status'];
  reason: string;
  changed_at: Instant;
}

export async function accountsOf(
  tx: Transaction,
  institutionId: number,
  consentId: string,
): Promise<ConsentAccount[]> {
  const rows = await tx.query<AccountRow>(
    `select a.account_id, a.status, a.reason, coalesce(a.changed_at, c.granted_at) as changed_at
     from consent_account a
     join consent c on c.institution_id = a.institution_id and c.id = a.consent_id
     where a.institution_id = $1 and a.consent_id = $2 order by a.account_id`,
    [institutionId, consentId],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    status: row.status,
    reason: row.reason,
    changedAt: row.changed_at,
  }));
}

/** Makes `accountIds` the holder's choice: new ones enter, deselected ones stay with their reason. */
export async function replaceAccounts(
  tx: Transaction,
  institutionId: number,
  consentId: string,
  accountIds: readonly string[],
  now: Instant,
): Promise<void> {
  await tx.query(
    `update consent_account set status = 'removed', reason = 'deselected', changed_at = ${at(4)}
     where institution_id = $1 and consent_id = $2 and status <> 'removed'
       and not (account_id = any ($3))`,
    [institutionId, consentId, accountIds, now],
  );
  await tx.query(
    `insert into consent_account as kept (institution_id, consent_id, account_id, changed_at)
     select $1, $2, unnest($3::text[]), ${at(4)}
     on conflict (institution_id, consent_id, account_id) do update set
       status = 'available', reason = 'chosen', changed_at = excluded.changed_at
       where kept.status <> 'available'`,
    [institutionId, consentId, accountIds, now],
  );
}

export interface LiveAccount {
  readonly consentId: string;
  readonly holderId: string;
  readonly accountId: string;
}

/** Accounts of living consents behind a position, in the order of the key: a sweep reads page by page. */
export async function liveAccountsAfter(
  tx: Transaction,
  institutionId: number,
  after: Pick<LiveAccount, 'consentId' | 'accountId'> | undefined,
  rowsMax: number,
): Promise<LiveAccount[]> {
  return tx.query<LiveAccount>(
    `select a.consent_id as "consentId", c.holder_id as "holderId", a.account_id as "accountId"
     from consent_account a
     join consent c on c.institution_id = a.institution_id and c.id = a.consent_id
     where a.institution_id = $1 and (a.consent_id, a.account_id) > ($2, $3)
       and a.status = 'available' and c.state in ('authorised', 'frozen')
     order by a.consent_id, a.account_id limit $4`,
    [institutionId, after?.consentId ?? '', after?.accountId ?? '', rowsMax],
  );
}

/** Takes accounts out of reach; answers whether any of the consent's is left. */
export async function markUnavailable(
  tx: Transaction,
  institutionId: number,
  consentId: string,
  unavailable: { readonly accountIds: readonly string[]; readonly reason: string },
  now: Instant,
): Promise<{ readonly isAnyLeft: boolean }> {
  await tx.query(
    `update consent_account set status = 'unavailable', reason = $4, changed_at = ${at(5)}
     where institution_id = $1 and consent_id = $2 and account_id = any ($3)
       and status = 'available'`,
    [institutionId, consentId, unavailable.accountIds, unavailable.reason, now],
  );
  const left = await tx.query(
    `select from consent_account
     where institution_id = $1 and consent_id = $2 and status = 'available' limit 1`,
    [institutionId, consentId],
  );
  return { isAnyLeft: left.length > 0 };
}
