import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import type { SoftwareRefusal } from '../domain/software-refusal.js';

/** A block that is in force, as officers read it. */
export interface LiveBlock {
  readonly clientId: string;
  readonly epspId: string;
  readonly name: string | null;
  readonly reason: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly proposalId: string;
  readonly decidedBy: readonly string[];
}

/** What two people agreed on about one piece of software (T-17). */
export interface SoftwareDecision {
  readonly clientId: string;
  readonly reason: string;
  /** The proposal in the bank's own record. */
  readonly proposalId: string;
  readonly decidedBy: readonly [string, string];
}

type Verdict = Result<undefined, Refusal<SoftwareRefusal>>;

/** No measure without an end (INT-13): whoever wants it longer decides it again. */
export const BLOCK_DAYS = 30;
const LIVE = `b.lifted_at is null and b.until > clock_timestamp()`;

/**
 * Where the bank blocks software, lets it go again and reports its keys as compromised (T-09, users.md A.3): with the
 * owner's role of this database, which no server has. Every process learns it with the commit.
 */
export class SoftwareDesk {
  private readonly database: Database;

  constructor(ownerDatabaseUrl: string) {
    this.database = new Database({
      url: ownerDatabaseUrl,
      connectionsMax: 2,
      applicationName: 'gateway software desk',
    });
  }

  /** Whose software it is; refuses with `software_not_found` where it is unknown or gone. */
  async ownerOf(clientId: string): Promise<Result<string, Refusal<SoftwareRefusal>>> {
    const { rows } = await this.database.pool.query<{ epsp_id: string }>(
      `select epsp_id from client where client_id = $1 and status <> 'deleted'`,
      [clientId],
    );
    const [row] = rows;
    return row ? accepted(row.epsp_id) : refused('software_not_found');
  }

  /** What is blocked now, the oldest block first. */
  async blocks(): Promise<LiveBlock[]> {
    const { rows } = await this.database.pool.query<LiveBlock>(
      `select b.client_id as "clientId", c.epsp_id as "epspId", c.client_name as name, b.reason,
         b.since, b.until, b.proposal_id as "proposalId", b.decided_by as "decidedBy"
       from software_block b join client c using (client_id)
       where ${LIVE} order by b.since, b.client_id`,
    );
    return rows;
  }

  /** Blocks until `until`, `BLOCK_DAYS` from now at most. */
  block(decision: SoftwareDecision & { readonly until: Instant }): Promise<Verdict> {
    const { clientId, reason, proposalId, decidedBy, until } = decision;
    return this.decide(decision, 'software_blocked', { until }, async (tx) => {
      const known = await tx.query(
        `select from software_block b where b.client_id = $1 and ${LIVE}`,
        [clientId],
      );
      if (known.length > 0) return 'software_already_blocked';
      const made = await tx.query(
        `insert into software_block (proposal_id, client_id, reason, decided_by, since, until)
         select $1, $2, $3, $4, now.at, to_timestamp($5::float8 / 1000)
         from (select clock_timestamp() as at) now
         where to_timestamp($5::float8 / 1000) > now.at
           and to_timestamp($5::float8 / 1000) <= now.at + interval '${BLOCK_DAYS} days'
         returning proposal_id`,
        [proposalId, clientId, reason, decidedBy, until],
      );
      return made.length === 1 ? undefined : 'block_end_wrong';
    });
  }

  /** Lets the software go on: what it had is as it was, without a new consent. */
  lift(decision: SoftwareDecision): Promise<Verdict> {
    const { clientId, reason, proposalId, decidedBy } = decision;
    return this.decide(decision, 'software_unblocked', {}, async (tx) => {
      const lifted = await tx.query(
        `update software_block b set lifted_at = clock_timestamp(), lift_proposal_id = $2,
           lift_reason = $3, lifted_by = $4
         where b.client_id = $1 and ${LIVE} returning b.proposal_id`,
        [clientId, proposalId, reason, decidedBy],
      );
      return lifted.length > 0 ? undefined : 'software_not_blocked';
    });
  }

  /** A key or certificate of the software that somebody else may hold: refused everywhere and for ever (T-09). */
  reportKey(decision: SoftwareDecision & { readonly kid: string }): Promise<Verdict> {
    const { clientId, kid, reason, decidedBy } = decision;
    return this.decide(decision, 'key_compromised', { kid }, async (tx) => {
      const [key] = await tx.query<{ marks: string[] }>(
        `select array_remove(array[thumbprint, certificate_thumbprint], null) as marks
         from client_key where client_id = $1 and kid = $2`,
        [clientId, kid],
      );
      if (!key) return 'software_key_not_found';
      const told = await tx.query(
        `insert into compromised_key (mark, client_id, kid, reason, reported_by)
         select mark, $2, $3, $4, $5 from unnest($1::text[]) as mark
         on conflict do nothing returning mark`,
        [key.marks, clientId, kid, reason, decidedBy.join(', ')],
      );
      return told.length > 0 ? undefined : 'key_already_compromised';
    });
  }

  async close(): Promise<void> {
    await this.database.close();
  }

  /** One decision after the other about one piece of software; effect and record are one transaction. */
  private decide(
    { clientId, reason, proposalId, decidedBy }: SoftwareDecision,
    act: string,
    more: object,
    effect: (tx: Transaction) => Promise<SoftwareRefusal | undefined>,
  ): Promise<Verdict> {
    return this.database.transaction(async (tx) => {
      const found = await tx.query(
        `select from client where client_id = $1 and status <> 'deleted' for no key update`,
        [clientId],
      );
      if (found.length === 0) return refused('software_not_found');
      const refusal = await effect(tx);
      if (refusal) return refused(refusal);
      await tx.query(
        `insert into registration_record (client_id, act, actor, facts) values ($1, $2, $3, $4)`,
        [clientId, act, decidedBy.join(', '), JSON.stringify({ reason, proposalId, ...more })],
      );
      return accepted(undefined);
    });
  }
}
