import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import type { AddedKey, ChangeContent, EndedKey } from '../domain/registration-change.js';
import { CHANGE_DAYS } from '../domain/registration-change.js';
import type { ChangeRefusal } from '../domain/change-refusal.js';
import { countsFor, PROVER_IS_COMPROMISED } from './compromised.js';

/** A change as the bank's officers read it before they decide. */
export interface PendingChange {
  readonly changeId: string;
  readonly clientId: string;
  readonly epspId: string;
  readonly softwareId: string | null;
  readonly contentHash: string;
  readonly content: ChangeContent;
  readonly askedAt: number;
  /** `key <kid>`, or the statement that stood in for a key. */
  readonly provenBy: string;
}

export interface ChangeDecision {
  readonly changeId: string;
  /** What two people agreed to; a change with other content is not carried out (T-17). */
  readonly contentHash: string;
  readonly outcome: 'approved' | 'rejected';
  /** The proposal in the bank's own record. */
  readonly proposalId: string;
  readonly decidedBy: readonly [string, string];
}

type Verdict = Result<undefined, Refusal<ChangeRefusal>>;

const PENDING = `
  select c.change_id as "changeId", c.client_id as "clientId", s.epsp_id as "epspId",
    s.software_id as "softwareId", c.content_hash as "contentHash", c.content,
    c.asked_at as "askedAt", c.proven_by as "provenBy"
  from registration_change c join client s using (client_id)
  left join registration_decision d using (change_id)
  where d.change_id is null and s.status <> 'deleted'
    and c.asked_at >= clock_timestamp() - interval '${CHANGE_DAYS} days'`;

/**
 * Where the bank decides about changes of registrations: with the owner's role of this database, which no
 * server has. Decision and effect are one transaction.
 */
export class ChangeDesk {
  private readonly database: Database;

  constructor(ownerDatabaseUrl: string) {
    this.database = new Database({
      url: ownerDatabaseUrl,
      connectionsMax: 2,
      applicationName: 'gateway change desk',
    });
  }

  async pending(): Promise<PendingChange[]> {
    const { rows } = await this.database.pool.query<PendingChange>(
      `${PENDING} order by c.asked_at`,
    );
    return rows;
  }

  async find(changeId: string): Promise<PendingChange | undefined> {
    const { rows } = await this.database.pool.query<PendingChange>(
      `${PENDING} and c.change_id = $1`,
      [changeId],
    );
    return rows[0];
  }

  async decide(decision: ChangeDecision): Promise<Verdict> {
    return this.database.transaction(async (tx) => {
      const [change] = await tx.query<PendingChange>(
        `${PENDING} and c.change_id = $1 for update of c, s`,
        [decision.changeId],
      );
      if (!change) return refused('change_not_pending');
      if (change.contentHash !== decision.contentHash) return refused('change_differs');
      const { outcome } = decision;
      if (outcome === 'approved' && (await isCompromised(tx, change)))
        return refused('change_key_compromised');
      if (!(await record(tx, change, decision))) return refused('change_not_pending');
      if (outcome === 'approved') await carryOut(tx, change.content);
      return accepted(undefined);
    });
  }

  async close(): Promise<void> {
    await this.database.close();
  }
}

/** A key that the change adds, or the one that proved the wish: a report of it may have come since. */
async function isCompromised(tx: Transaction, change: PendingChange): Promise<boolean> {
  const { addKeys = [] } = change.content;
  const marks = addKeys.flatMap((key) => [key.thumbprint, key.certificateThumbprint ?? '']);
  const found = await tx.query(
    `select from registration_change c where c.change_id = $1 and (${PROVER_IS_COMPROMISED}
       or exists (select from compromised_key x
         where x.mark = any($2) and ${countsFor('c.client_id')}))`,
    [change.changeId, marks],
  );
  return found.length > 0;
}

/** False where somebody else decided at the same moment. */
async function record(tx: Transaction, change: PendingChange, decision: ChangeDecision) {
  const { outcome, proposalId, decidedBy } = decision;
  const decided = await tx.query(
    `insert into registration_decision (change_id, outcome, content_hash, proposal_id, decided_by)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning change_id`,
    [change.changeId, outcome, change.contentHash, proposalId, decidedBy],
  );
  if (decided.length === 0) return false;
  await tx.query(
    `insert into registration_record (client_id, act, actor, facts) values ($1, $2, $3, $4)`,
    [
      change.clientId,
      `change_${outcome}`,
      decidedBy.join(', '),
      JSON.stringify({ changeId: change.changeId, contentHash: change.contentHash, proposalId }),
    ],
  );
  return true;
}

async function carryOut(tx: Transaction, content: ChangeContent): Promise<void> {
  const { clientId, redirectUris, metadata, clientName, contacts } = content;
  await tx.query(
    `update client set redirect_uris = coalesce($2, redirect_uris),
       metadata = coalesce($3, metadata), client_name = coalesce($4, client_name),
       contacts = coalesce($5, contacts)
     where client_id = $1`,
    [
      clientId,
      redirectUris ?? null,
      metadata ? JSON.stringify(metadata) : null,
      clientName ?? null,
      contacts ?? null,
    ],
  );
  for (const key of content.addKeys ?? []) await addKey(tx, clientId, key);
  for (const key of content.endKeys ?? []) await endKey(tx, clientId, key);
}

const addKey = (tx: Transaction, clientId: string, key: AddedKey) =>
  tx.query(
    `insert into client_key (client_id, kid, purpose, thumbprint, certificate_thumbprint, jwk,
       good_until)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))
     on conflict (client_id, kid) do nothing`,
    [
      clientId,
      key.kid,
      key.purpose,
      key.thumbprint,
      key.certificateThumbprint ?? null,
      JSON.stringify(key.jwk),
      key.goodUntil ?? null,
    ],
  );

/** Both are good until the end of the old one; an end that is past already is now. */
const endKey = (tx: Transaction, clientId: string, { kid, endsAt }: EndedKey) =>
  tx.query(
    `update client_key set good_until = least(good_until,
       coalesce(to_timestamp($3::float8 / 1000), clock_timestamp()))
     where client_id = $1 and kid = $2 and removed_at is null`,
    [clientId, kid, endsAt === 'approval' ? null : endsAt],
  );
