import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { canonicalJson, CivilDate, hashOf, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ChecklistItem } from '../domain/checklist-item.js';
import type { KeptGap } from '../domain/gaps.js';
import type { Standard } from '../domain/standard.js';

interface StandardRow {
  institution_id: number;
  version: number;
  effective_from: string;
  template_id: string;
  template_version: number;
  content_hash: string;
  published_at: Instant;
}

interface GapRow {
  version: number;
  epsp_id: string;
  item_id: string;
  kind: KeptGap['kind'];
  opened_at: Instant;
  due_at: Instant;
  ended_at: Instant | null;
  ended_by: KeptGap['endedBy'] | null;
  submission_id: string | null;
}

const STANDARD = `select institution_id, version, effective_from, template_id, template_version, content_hash,
    published_at from standard_version where institution_id = renkei_institution()`;
const GAP = `select version, epsp_id, item_id, kind, opened_at, due_at, ended_at, ended_by, submission_id
  from standard_gap where institution_id = renkei_institution()`;

const CONTENTS_MAX = 100;

/** Standards and gaps of the institution that the transaction has entered (RKN-S3b). */
@Injectable()
export class StandardStore {
  /** What was published never changes, and many institutions publish the same: read and parsed once. */
  private readonly items = new LRUCache<string, readonly ChecklistItem[]>({ max: CONTENTS_MAX });

  async list(tx: Transaction): Promise<Standard[]> {
    const rows = await tx.query<StandardRow>(`${STANDARD} order by version desc`);
    const found: Standard[] = [];
    for (const row of rows) found.push(await this.standardOf(tx, row));
    return found;
  }

  /** The newest that was published, whether or not its day has come. */
  async newest(tx: Transaction): Promise<Standard | undefined> {
    const [row] = await tx.query<StandardRow>(`${STANDARD} order by version desc limit 1`);
    return row && this.standardOf(tx, row);
  }

  async version(tx: Transaction, version: number): Promise<Standard | undefined> {
    const [row] = await tx.query<StandardRow>(`${STANDARD} and version = $1`, [version]);
    return row && this.standardOf(tx, row);
  }

  async insert(
    tx: Transaction,
    standard: Omit<Standard, 'contentHash'> & { readonly proposalId: string },
  ): Promise<void> {
    await tx.query(
      `insert into standard_version (institution_id, version, effective_from, template_id,
         template_version, items, content_hash, proposal_id, published_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000))`,
      [
        standard.institutionId,
        standard.version,
        standard.effectiveFrom.toString(),
        standard.templateId,
        standard.templateVersion,
        canonicalJson(standard.items),
        hashOf(standard.items),
        standard.proposalId,
        standard.publishedAt,
      ],
    );
  }

  /** Gaps of one intermediary, of one version or of all; those that have ended too. */
  async gaps(
    tx: Transaction,
    of: { readonly epspId?: string; readonly version?: number; readonly isOpen?: boolean },
  ): Promise<KeptGap[]> {
    const rows = await tx.query<GapRow>(
      `${GAP} and ($1::text is null or epsp_id = $1) and ($2::int is null or version = $2)
         and (not $3 or ended_at is null)
       order by version desc, epsp_id, item_id`,
      [of.epspId ?? null, of.version ?? null, of.isOpen ?? false],
    );
    return rows.map(gapOf);
  }

  async openGap(tx: Transaction, institutionId: number, gap: KeptGap): Promise<void> {
    await tx.query(
      `insert into standard_gap (institution_id, version, epsp_id, item_id, kind, opened_at, due_at)
       values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), to_timestamp($7::float8 / 1000))`,
      [institutionId, gap.version, gap.epspId, gap.itemId, gap.kind, gap.openedAt, gap.dueAt],
    );
  }

  async endGap(
    tx: Transaction,
    { version, epspId, itemId }: KeptGap,
    how: { readonly by: 'accepted' | 'superseded'; readonly submissionId?: string },
    at: Instant,
  ): Promise<void> {
    await tx.query(
      `update standard_gap set ended_at = to_timestamp($4::float8 / 1000), ended_by = $5,
         submission_id = $6
       where institution_id = renkei_institution() and version = $1 and epsp_id = $2 and item_id = $3
         and ended_at is null`,
      [version, epspId, itemId, at, how.by, how.submissionId ?? null],
    );
  }

  private async standardOf(tx: Transaction, row: StandardRow): Promise<Standard> {
    return {
      institutionId: row.institution_id,
      version: row.version,
      effectiveFrom: CivilDate.from(row.effective_from),
      templateId: row.template_id,
      templateVersion: row.template_version,
      items: await this.itemsOf(tx, row),
      contentHash: row.content_hash,
      publishedAt: row.published_at,
    };
  }

  private async itemsOf(tx: Transaction, row: StandardRow): Promise<readonly ChecklistItem[]> {
    const known = this.items.get(row.content_hash);
    if (known) return known;
    const [found] = await tx.query<{ items: string }>(
      `select items from standard_version
       where institution_id = renkei_institution() and version = $1`,
      [row.version],
    );
    const items = JSON.parse(found?.items ?? '[]') as ChecklistItem[];
    this.items.set(row.content_hash, items);
    return items;
  }
}

const gapOf = (row: GapRow): KeptGap => ({
  version: row.version,
  epspId: row.epsp_id,
  itemId: row.item_id,
  kind: row.kind,
  openedAt: row.opened_at,
  dueAt: row.due_at,
  endedAt: row.ended_at ?? undefined,
  endedBy: row.ended_by ?? undefined,
  submissionId: row.submission_id ?? undefined,
});
