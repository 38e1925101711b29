import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { NoticeStatement } from '../domain/notice-statement.js';

interface StatementRow {
  id: string;
  notice_id: string;
  epsp_id: string;
  chain_partner_id: string | null;
  clause: string;
  text: string;
  evidence: string[];
  received_at: Instant;
}

const SELECT = `
  select id, notice_id, epsp_id, chain_partner_id, clause, text, evidence, received_at
  from notice_statement where institution_id = renkei_institution()`;

/** What was said to notices of the institution that the transaction has entered. */
@Injectable()
export class NoticeStatementStore {
  async insert(tx: Transaction, said: NoticeStatement, clientId: string): Promise<void> {
    await tx.query(
      `insert into notice_statement (institution_id, id, notice_id, epsp_id, chain_partner_id, clause,
         text, evidence, client_id, received_at)
       values (renkei_institution(), $1, $2, $3, $4, $5, $6, $7, $8,
         to_timestamp($9::float8 / 1000))`,
      [
        said.id,
        said.noticeId,
        said.epspId,
        said.partnerId ?? null,
        said.clause,
        said.text,
        said.evidence,
        clientId,
        said.receivedAt,
      ],
    );
  }

  /** The oldest first. */
  async onNotice(tx: Transaction, noticeId: string): Promise<NoticeStatement[]> {
    const rows = await tx.query<StatementRow>(`${SELECT} and notice_id = $1 order by id`, [
      noticeId,
    ]);
    return rows.map(statementOf);
  }

  /** The newest `limit` of an intermediary's. */
  async list(tx: Transaction, epspId: string, limit: number): Promise<NoticeStatement[]> {
    const rows = await tx.query<StatementRow>(
      `${SELECT} and epsp_id = $1 order by id desc limit $2`,
      [epspId, limit],
    );
    return rows.map(statementOf);
  }
}

const statementOf = (row: StatementRow): NoticeStatement => ({
  id: row.id,
  noticeId: row.notice_id,
  epspId: row.epsp_id,
  partnerId: row.chain_partner_id ?? undefined,
  clause: row.clause,
  text: row.text,
  evidence: row.evidence,
  receivedAt: row.received_at,
});
