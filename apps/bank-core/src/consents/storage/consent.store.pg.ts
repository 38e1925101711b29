import type { ConsentName } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Consent, ConsentActorName, Permission, Purpose } from '../domain/consent.js';

interface ConsentRow {
  institution_id: number;
  id: Consent['id'];
  holder_id: string;
  epsp_id: string;
  client_id: string;
  chain_partner_id: string;
  permissions: Permission[];
  purpose: Purpose;
  state: ConsentName;
  state_reason: string;
  wording_hash: string;
  granted_at: Instant;
  expires_at: Instant;
  account_ids: string[];
}

const SELECT = `
  select c.institution_id, c.id, c.holder_id, c.epsp_id, c.client_id, c.chain_partner_id,
    c.permissions, c.purpose, c.state, c.state_reason, c.wording_hash, c.granted_at, c.expires_at,
    array(select a.account_id from consent_account a
          where a.institution_id = c.institution_id and a.consent_id = c.id
          order by a.account_id) as account_ids
  from consent c`;

export async function consentById(
  tx: Transaction,
  institutionId: number,
  consentId: string,
): Promise<Consent | undefined> {
  const [row] = await tx.query<ConsentRow>(`${SELECT} where c.institution_id = $1 and c.id = $2`, [
    institutionId,
    consentId,
  ]);
  return row && consentOf(row);
}

/** The same, kept from changing until commit. */
export async function lockConsent(
  tx: Transaction,
  institutionId: number,
  consentId: string,
): Promise<Consent | undefined> {
  await tx.query('select 1 from consent where institution_id = $1 and id = $2 for update', [
    institutionId,
    consentId,
  ]);
  return consentById(tx, institutionId, consentId);
}

export async function insertConsent(
  tx: Transaction,
  consent: Consent,
  wording: { version: string; text: string },
): Promise<void> {
  await tx.query(
    `insert into consent_wording (institution_id, hash, wording, shown_first_at)
     values ($1, $2, $3, to_timestamp($4::float8 / 1000)) on conflict do nothing`,
    [consent.institutionId, consent.wordingHash, wording.text, consent.grantedAt],
  );
  await tx.query(
    `insert into consent (institution_id, id, holder_id, epsp_id, client_id, chain_partner_id,
       permissions, purpose, state, state_reason, state_actor, wording_version, wording_hash,
       granted_at, expires_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'authorised', 'agreed', 'holder', $9, $10,
       to_timestamp($11::float8 / 1000), to_timestamp($12::float8 / 1000),
       to_timestamp($11::float8 / 1000))`,
    [
      consent.institutionId,
      consent.id,
      consent.holderId,
      consent.epspId,
      consent.clientId,
      consent.chainPartnerId,
      consent.permissions,
      consent.purpose,
      wording.version,
      consent.wordingHash,
      consent.grantedAt,
      consent.expiresAt,
    ],
  );
  await tx.query(
    `insert into consent_account (institution_id, consent_id, account_id)
     select $1, $2, unnest($3::text[])`,
    [consent.institutionId, consent.id, consent.accountIds],
  );
  await insertEvents(
    tx,
    consent.institutionId,
    [consent.id],
    'authorised',
    'agreed',
    consent.grantedAt,
  );
}

export interface StateChange {
  readonly institutionId: number;
  readonly state: ConsentName;
  readonly reason: string;
  readonly actor: ConsentActorName;
  readonly at: Instant;
}

/** Moves one consent and tells the feed. */
export async function changeConsent(
  tx: Transaction,
  consentId: string,
  change: StateChange,
): Promise<void> {
  await update(tx, change, 'c.id = $6', [consentId]);
}

/** Freezes or thaws everything of one holder: nothing is taken away for good (SM-9.2/e). */
export async function changeHoldersConsents(
  tx: Transaction,
  holderId: string,
  from: { state: ConsentName; reason?: string },
  change: StateChange,
): Promise<string[]> {
  return update(
    tx,
    change,
    'c.holder_id = $6 and c.state = $7 and ($8::text is null or c.state_reason = $8)',
    [holderId, from.state, from.reason ?? null],
  );
}

/** Ends what is over its term, a bounded number at a time. */
export async function expireDue(
  tx: Transaction,
  institutionId: number,
  at: Instant,
): Promise<string[]> {
  const change = {
    institutionId,
    state: 'expired',
    reason: 'term_over',
    actor: 'system',
    at,
  } as const;
  return update(
    tx,
    change,
    `c.id in (select d.id from consent d where d.institution_id = $1
       and d.state in ('authorised', 'frozen') and d.expires_at <= to_timestamp($5::float8 / 1000)
       limit 500 for update skip locked)`,
    [],
  );
}

async function update(
  tx: Transaction,
  change: StateChange,
  which: string,
  values: readonly unknown[],
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update consent c set state = $2, state_reason = $3, state_actor = $4,
       changed_at = to_timestamp($5::float8 / 1000)
     where c.institution_id = $1 and ${which} returning c.id`,
    [change.institutionId, change.state, change.reason, change.actor, change.at, ...values],
  );
  const ids = rows.map((row) => row.id);
  await insertEvents(tx, change.institutionId, ids, change.state, change.reason, change.at);
  return ids;
}

async function insertEvents(
  tx: Transaction,
  institutionId: number,
  consentIds: readonly string[],
  state: ConsentName,
  reason: string,
  at: Instant,
): Promise<void> {
  if (consentIds.length === 0) return;
  await tx.query(
    `insert into consent_event (institution_id, consent_id, state, reason, at)
     select $1, unnest($2::text[]), $3, $4, to_timestamp($5::float8 / 1000)`,
    [institutionId, consentIds, state, reason, at],
  );
}

function consentOf(row: ConsentRow): Consent {
  return {
    institutionId: row.institution_id,
    id: row.id,
    holderId: row.holder_id,
    epspId: row.epsp_id,
    clientId: row.client_id,
    chainPartnerId: row.chain_partner_id,
    permissions: row.permissions,
    purpose: row.purpose,
    accountIds: row.account_ids,
    state: row.state,
    stateReason: row.state_reason,
    wordingHash: row.wording_hash,
    grantedAt: row.granted_at,
    expiresAt: row.expires_at,
  };
}
