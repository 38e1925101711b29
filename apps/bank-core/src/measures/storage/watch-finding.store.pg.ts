import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { FindingAnswer, WatchFinding } from '../domain/watch-finding.js';

interface FindingRow {
  institution_id: number;
  id: string;
  rule: string;
  clause: string;
  proposes: string;
  epsp_id: string;
  chain_partner_id: string | null;
  facts: object;
  since: Instant;
  found_at: Instant;
  gone_at: Instant | null;
  seen_by: string | null;
  seen_at: Instant | null;
  note: string | null;
  proposal_id: string | null;
}

const SELECT = `
  select institution_id, id, rule, clause, proposes, epsp_id, chain_partner_id, facts, since, found_at,
    gone_at, seen_by, seen_at, note, proposal_id from watch_finding
  where institution_id = renkei_institution()`;
const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/** Findings of the institution that the transaction has entered. */
@Injectable()
export class WatchFindingStore {
  async open(tx: Transaction): Promise<WatchFinding[]> {
    const rows = await tx.query<FindingRow>(`${SELECT} and gone_at is null order by id`);
    return rows.map(findingOf);
  }

  /** Found by two rounds at once it is found once. */
  async insert(tx: Transaction, found: Omit<WatchFinding, 'goneAt' | 'answer'>): Promise<void> {
    await tx.query(
      `insert into watch_finding (institution_id, id, rule, clause, proposes, epsp_id,
         chain_partner_id, facts, since, found_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, ${at(9)}, ${at(10)})
       on conflict (institution_id, rule, epsp_id, chain_partner_id) where gone_at is null do nothing`,
      [
        found.institutionId,
        found.id,
        found.rule,
        found.clause,
        found.proposes,
        found.epspId,
        found.partnerId ?? null,
        JSON.stringify(found.facts),
        found.since,
        found.foundAt,
      ],
    );
  }

  async gone(tx: Transaction, id: string, when: Instant): Promise<void> {
    await tx.query(
      `update watch_finding set gone_at = ${at(2)}
       where institution_id = renkei_institution() and id = $1 and gone_at is null`,
      [id, when],
    );
  }

  /** Locked until the transaction ends: it is answered once. */
  async lock(tx: Transaction, id: string): Promise<WatchFinding | undefined> {
    const [row] = await tx.query<FindingRow>(`${SELECT} and id = $1 for update`, [id]);
    return row && findingOf(row);
  }

  async answer(tx: Transaction, id: string, answer: FindingAnswer): Promise<void> {
    await tx.query(
      `update watch_finding set seen_by = $2, seen_at = ${at(3)}, note = $4, proposal_id = $5
       where institution_id = renkei_institution() and id = $1`,
      [id, answer.by, answer.at, answer.note ?? null, answer.proposalId ?? null],
    );
  }

  /** Newest first; `before` is the id of the last one seen. */
  async list(
    tx: Transaction,
    { before, limit, isOpen }: { before?: string | undefined; limit: number; isOpen: boolean },
  ): Promise<WatchFinding[]> {
    const rows = await tx.query<FindingRow>(
      `${SELECT} and ($1::text is null or id < $1) and (not $2 or gone_at is null)
       order by id desc limit $3`,
      [before ?? null, isOpen, limit],
    );
    return rows.map(findingOf);
  }
}

const findingOf = (row: FindingRow): WatchFinding => ({
  institutionId: row.institution_id,
  id: row.id,
  rule: row.rule,
  clause: row.clause,
  proposes: row.proposes,
  epspId: row.epsp_id,
  partnerId: row.chain_partner_id ?? undefined,
  facts: row.facts,
  since: row.since,
  foundAt: row.found_at,
  goneAt: row.gone_at ?? undefined,
  answer:
    row.seen_by === null || row.seen_at === null
      ? undefined
      : {
          by: row.seen_by,
          at: row.seen_at,
          note: row.note ?? undefined,
          proposalId: row.proposal_id ?? undefined,
        },
});
