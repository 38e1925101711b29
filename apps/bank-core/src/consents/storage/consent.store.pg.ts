import type { ConsentName, FreezeReason } from '#libs/contracts';
import { assert, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ServiceState } from '../../holders/index.js';
import type { Consent, Permission, Purpose } from '../domain/consent.js';
import type { AccessFacts } from '../domain/decide-access.js';

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
  frozen_for: FreezeReason[];
  version: number;
  wording_hash: string;
  asked_at: Instant;
  decide_by: Instant | null;
  granted_at: Instant;
  expires_at: Instant;
  account_ids: string[];
}

const SELECT = `
  select c.institution_id, c.id, c.holder_id, c.epsp_id, c.client_id, c.chain_partner_id,
    c.permissions, c.purpose, c.state, c.state_reason, c.frozen_for, c.version, c.wording_hash,
    c.asked_at, c.decide_by, c.granted_at, c.expires_at,
    array(select a.account_id from consent_account a
          where a.institution_id = c.institution_id and a.consent_id = c.id
            and a.status = 'available'
          order by a.account_id) as account_ids
  from consent c`;

/** A consent that the holder gave, alive or ended; one that was only asked for carries nothing. */
export async function consentById(
  tx: Transaction,
  institutionId: number,
  consentId: string,
): Promise<Consent | undefined> {
  const [row] = await tx.query<ConsentRow>(
    `${SELECT} where c.institution_id = $1 and c.id = $2 and c.granted_at is not null`,
    [institutionId, consentId],
  );
  return row && consentOf(row);
}

/** The same with how its holder's service stands: what a call that rests on it is judged by. */
export async function accessFacts(
  tx: Transaction,
  institutionId: number,
  consentId: string,
): Promise<AccessFacts> {
  const [row] = await tx.query<ConsentRow & { holder_state: ServiceState }>(
    `select c.*, h.service_state as holder_state from (${SELECT}
       where c.institution_id = $1 and c.id = $2 and c.granted_at is not null) c
     join holder h on h.institution_id = c.institution_id and h.id = c.holder_id`,
    [institutionId, consentId],
  );
  return { consent: row && consentOf(row), holderState: row?.holder_state };
}

/** A consent that was given, kept from changing until commit. */
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

/** Several at once, for what is told of them after a change. */
export async function consentsById(
  tx: Transaction,
  institutionId: number,
  consentIds: readonly string[],
): Promise<Consent[]> {
  if (consentIds.length === 0) return [];
  const rows = await tx.query<ConsentRow>(
    `${SELECT} where c.institution_id = $1 and c.id = any($2) and c.granted_at is not null`,
    [institutionId, consentIds],
  );
  return rows.map(consentOf);
}

/** What was given before its asking was kept counts as asked for and given at once. */
const DECIDED_AT_ONCE_MS = 1_000;

function consentOf(row: ConsentRow): Consent {
  assert(row.holder_id, 'A consent that was given has its holder.');
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
    frozenFor: row.frozen_for,
    version: row.version,
    wordingHash: row.wording_hash,
    askedAt: row.asked_at,
    decideBy: row.decide_by ?? row.granted_at + DECIDED_AT_ONCE_MS,
    grantedAt: row.granted_at,
    expiresAt: row.expires_at,
  };
}
