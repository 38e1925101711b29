import type { ConsentName } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type {
  ConsentActorName,
  ConsentChange,
  ConsentParties,
  Permission,
  Purpose,
} from '../domain/consent.js';
import type { ConsentVersion, ConsentView, PageOf } from '../domain/consent-views.js';

interface ViewRow {
  id: string;
  epsp_id: string;
  client_id: string;
  chain_partner_id: string;
  permissions: Permission[];
  purpose: Purpose;
  state: ConsentName;
  state_reason: string;
  state_actor: ConsentActorName;
  version: number;
  term_days: number | null;
  asked_at: Instant;
  granted_at: Instant | null;
  expires_at: Instant | null;
  changed_at: Instant;
}

const COLUMNS = `id, epsp_id, client_id, chain_partner_id, permissions, purpose, state,
  state_reason, state_actor, version, term_days, asked_at, granted_at, expires_at, changed_at`;

/** Whose consents may be looked at: the software's own, and no other's. */
export type Owner = Pick<ConsentParties, 'clientId' | 'epspId'>;

export interface ViewQuery {
  readonly state: ConsentName | undefined;
  readonly limit: number;
  readonly after: string | undefined;
}

/** A page of one client's consents, the newest first; ids are ordered by time. */
export async function viewsOf(
  tx: Transaction,
  institutionId: number,
  owner: Owner,
  { state, limit, after }: ViewQuery,
): Promise<PageOf<ConsentView>> {
  const rows = await tx.query<ViewRow>(
    `select ${COLUMNS} from consent
     where institution_id = $1 and client_id = $2 and epsp_id = $3
       and ($4::text is null or state = $4) and ($5::text is null or id < $5)
     order by id desc limit $6`,
    [institutionId, owner.clientId, owner.epspId, state ?? null, after ?? null, limit + 1],
  );
  return pageOf(rows, limit, viewOf, ({ id }) => id);
}

/** One of them; another client's is nothing, as one that never was. */
export async function viewById(
  tx: Transaction,
  institutionId: number,
  owner: Owner,
  consentId: string,
): Promise<ConsentView | undefined> {
  const [row] = await tx.query<ViewRow>(
    `select ${COLUMNS} from consent
     where institution_id = $1 and id = $2 and client_id = $3 and epsp_id = $4`,
    [institutionId, consentId, owner.clientId, owner.epspId],
  );
  return row && viewOf(row);
}

interface VersionRow {
  id: string;
  version: number | null;
  change: ConsentChange | null;
  state: ConsentName;
  reason: string;
  actor: ConsentActorName | null;
  at: Instant;
  expires_at: Instant | null;
  account_ids: string[] | null;
}

/** The versions of a consent, the newest first, or those of one kind of change. */
export async function versionsOf(
  tx: Transaction,
  institutionId: number,
  consentId: string,
  query: {
    readonly change: ConsentChange | undefined;
    readonly limit: number;
    readonly after: string | undefined;
  },
): Promise<PageOf<ConsentVersion>> {
  const { change, limit, after } = query;
  const rows = await tx.query<VersionRow>(
    `select e.id::text, e.version, e.change, e.state, e.reason, e.actor, e.at, e.expires_at,
       e.account_ids
     from consent_event e
     where e.institution_id = $1 and e.consent_id = $2 and ($3::text is null or e.change = $3)
       and ($4::bigint is null or e.id < $4)
     order by e.id desc limit $5`,
    [institutionId, consentId, change ?? null, after ?? null, limit + 1],
  );
  return pageOf(rows, limit, versionOf, ({ id }) => id);
}

/** One row more than asked for tells whether a next page exists. */
function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  keyOf: (row: Row) => string,
): PageOf<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextAfter = rows.length > limit && last ? keyOf(last) : undefined;
  return { data: shown.map(itemOf), nextAfter };
}

const viewOf = (row: ViewRow): ConsentView => ({
  id: row.id,
  epspId: row.epsp_id,
  clientId: row.client_id,
  chainPartnerId: row.chain_partner_id,
  permissions: row.permissions,
  purpose: row.purpose,
  state: row.state,
  stateReason: row.state_reason,
  stateActor: row.state_actor,
  version: row.version,
  termDays: row.term_days ?? undefined,
  askedAt: row.asked_at,
  grantedAt: row.granted_at ?? undefined,
  expiresAt: row.expires_at ?? undefined,
  changedAt: row.changed_at,
});

/** What was written before versions were kept: the change goes by the name of the state it led to. */
const EARLIER: Partial<Readonly<Record<ConsentName, ConsentChange>>> = {
  frozen: 'frozen',
  revoked: 'revoked',
  expired: 'expired',
};

const versionOf = (row: VersionRow): ConsentVersion => ({
  version: row.version ?? 0,
  change: row.change ?? EARLIER[row.state] ?? 'authorised',
  state: row.state,
  reason: row.reason,
  actor: row.actor ?? 'system',
  at: row.at,
  expiresAt: row.expires_at ?? undefined,
  accountIds: row.account_ids ?? [],
});
