import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { FEDERATION_SCOPE, type RowPlace, type SignedDigest } from '../domain/audit-digest.js';

/** A row as its digest reads it. */
export interface AuditLine extends RowPlace {
  readonly line: string;
}

/** A role as it is held now: what the trail has to come to. */
export interface HeldRole {
  readonly mailAddress: string;
  readonly role: string;
  readonly institutionId: number | null;
}

interface DigestRow {
  readonly scope: number;
  readonly number: bigint;
  readonly from_xid: bigint;
  readonly from_id: bigint;
  readonly to_xid: bigint;
  readonly to_id: bigint;
  readonly row_count: number;
  readonly root: string;
  readonly previous_hash: string;
  readonly hash: string;
  readonly key_id: string;
  readonly signature: string;
  readonly made_at: Instant;
}

const COLUMNS = `scope, number, from_xid, from_id, to_xid, to_id, row_count, root, previous_hash, hash, key_id,
  signature, made_at`;

/** Where the rows of a scope stand; `record` shows those of the institution that the transaction has entered. */
const sourceOf = (scope: number): string =>
  scope === FEDERATION_SCOPE
    ? 'select xid, id, federation.staff_trail_line(t) as line from federation.staff_trail t where true'
    : `select xid, id, record_line(r) as line from record r
       where institution_id = renkei_institution()`;

@Injectable()
export class AuditStore {
  /** Whoever digests a scope does so alone until the transaction ends; false: somebody else does. */
  async lock(tx: Transaction, scope: number): Promise<boolean> {
    const [row] = await tx.query<{ locked: boolean }>(
      'select pg_try_advisory_xact_lock(4711012::bigint * 65536 + $1) as locked',
      [scope],
    );
    return row?.locked === true;
  }

  /**
   * Rows behind a place, at most `max`, all of transactions that were over before the oldest running one began:
   * nothing can appear among them any more.
   */
  settledBehind(tx: Transaction, scope: number, { xid, id }: RowPlace, max: number) {
    return tx.query<AuditLine>(
      `select xid::text::bigint as xid, id, line from (${sourceOf(scope)}
         and (xid, id) > ($1::text::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
         order by xid, id limit $3) settled`,
      [String(xid), id, max],
    );
  }

  /** Rows behind `from` up to and including `to`, as they are now. */
  between(tx: Transaction, scope: number, from: RowPlace, to: RowPlace): Promise<AuditLine[]> {
    return tx.query<AuditLine>(
      `select xid::text::bigint as xid, id, line from (${sourceOf(scope)}
         and (xid, id) > ($1::text::xid8, $2) and (xid, id) <= ($3::text::xid8, $4)
         order by xid, id) covered`,
      [String(from.xid), from.id, String(to.xid), to.id],
    );
  }

  async last(tx: Transaction, scope: number): Promise<SignedDigest | undefined> {
    const [row] = await tx.query<DigestRow>(
      `select ${COLUMNS} from federation.audit_digest where scope = $1 order by number desc limit 1`,
      [scope],
    );
    return row && digestOf(row);
  }

  async behind(
    tx: Transaction,
    scope: number,
    number: bigint,
    max: number,
  ): Promise<SignedDigest[]> {
    const rows = await tx.query<DigestRow>(
      `select ${COLUMNS} from federation.audit_digest where scope = $1 and number > $2
       order by number limit $3`,
      [scope, number, max],
    );
    return rows.map(digestOf);
  }

  async insert(tx: Transaction, digest: SignedDigest): Promise<void> {
    const { from, to } = digest;
    await tx.query(
      `insert into federation.audit_digest (${COLUMNS})
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, to_timestamp($13::float8 / 1000))`,
      [
        digest.scope,
        digest.number,
        from.xid,
        from.id,
        to.xid,
        to.id,
        digest.rowCount,
        digest.root,
        digest.previousHash,
        digest.hash,
        digest.keyId,
        digest.signature,
        digest.madeAt,
      ],
    );
  }

  rolesHeld(tx: Transaction): Promise<HeldRole[]> {
    return tx.query<HeldRole>(
      `select mail_address as "mailAddress", role, institution_id as "institutionId"
       from federation.staff_role where until is null order by mail_address, role, institution_id`,
    );
  }
}

const digestOf = (row: DigestRow): SignedDigest => ({
  scope: row.scope,
  number: row.number,
  from: { xid: row.from_xid, id: row.from_id },
  to: { xid: row.to_xid, id: row.to_id },
  rowCount: row.row_count,
  root: row.root,
  previousHash: row.previous_hash,
  hash: row.hash,
  keyId: row.key_id,
  signature: row.signature,
  madeAt: row.made_at,
});
