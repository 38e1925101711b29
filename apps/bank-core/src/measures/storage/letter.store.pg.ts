import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Arrival, Letter } from '../domain/letter.js';

interface LetterRow {
  institution_id: number;
  document_id: string;
  epsp_id: string;
  chain_partner_id: string | null;
  machine: string;
  key: string;
  notice: string;
  clause: string;
  about: string | null;
  sent_at: Instant;
  arrived_at: Instant | null;
  proof: Arrival['proof'] | null;
  evidence: string[];
  recorded_by: string | null;
}

const SELECT = `
  select institution_id, document_id, epsp_id, chain_partner_id, machine, key, notice, clause, about,
    sent_at, arrived_at, proof, evidence, recorded_by from letter
  where institution_id = renkei_institution()`;

/** Letters of the institution that the transaction has entered. */
@Injectable()
export class LetterStore {
  async insert(tx: Transaction, letter: Letter): Promise<void> {
    await tx.query(
      `insert into letter (institution_id, document_id, epsp_id, chain_partner_id, machine, key, notice,
         clause, about, sent_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000))`,
      [
        letter.institutionId,
        letter.documentId,
        letter.epspId,
        letter.chainPartnerId ?? null,
        letter.machine,
        letter.key,
        letter.notice,
        letter.clause,
        letter.about ?? null,
        letter.sentAt,
      ],
    );
  }

  /** Locked until the transaction ends: an arrival is recorded once. */
  async lock(tx: Transaction, epspId: string, documentId: string): Promise<Letter | undefined> {
    const [row] = await tx.query<LetterRow>(
      `${SELECT} and epsp_id = $1 and document_id = $2 for update`,
      [epspId, documentId],
    );
    return row && letterOf(row);
  }

  /** The letter that carries this demand, request or notice to this intermediary. */
  async carrying(tx: Transaction, epspId: string, about: string): Promise<Letter | undefined> {
    const [row] = await tx.query<LetterRow>(`${SELECT} and epsp_id = $1 and about = $2`, [
      epspId,
      about,
    ]);
    return row && letterOf(row);
  }

  async arrived(tx: Transaction, documentId: string, arrival: Arrival): Promise<void> {
    await tx.query(
      `update letter set arrived_at = to_timestamp($2::float8 / 1000), proof = $3, evidence = $4,
         recorded_by = $5
       where institution_id = renkei_institution() and document_id = $1`,
      [
        documentId,
        arrival.arrivedAt,
        arrival.proof,
        [...arrival.evidence],
        arrival.recordedBy ?? null,
      ],
    );
  }

  /** The kinds of letter that a matter has sent. */
  async noticesOf(tx: Transaction, { machine, key }: { machine: string; key: string }) {
    // Two writers at once: the second waits for the first and then finds its letters.
    await tx.query(
      `select from matter where institution_id = renkei_institution() and machine = $1 and key = $2
       for update`,
      [machine, key],
    );
    const rows = await tx.query<{ notice: string }>(
      `select notice from letter
       where institution_id = renkei_institution() and machine = $1 and key = $2`,
      [machine, key],
    );
    return rows.map(({ notice }) => notice);
  }

  /** Matters of a machine that have moved more often than they have written. */
  async mattersWithout(tx: Transaction, machine: string): Promise<string[]> {
    const rows = await tx.query<{ key: string }>(
      `select m.key from matter m
       where m.institution_id = renkei_institution() and m.machine = $1
         and m.version > (select count(*) from letter l where l.institution_id = m.institution_id
           and l.machine = m.machine and l.key = m.key)
       order by m.key`,
      [machine],
    );
    return rows.map(({ key }) => key);
  }

  /** Newest first; `before` is the document id of the last one seen. */
  async list(
    tx: Transaction,
    epspId: string,
    { before, limit }: { before?: string | undefined; limit: number },
  ): Promise<Letter[]> {
    const rows = await tx.query<LetterRow>(
      `${SELECT} and epsp_id = $1 and ($2::text is null or document_id < $2)
       order by document_id desc limit $3`,
      [epspId, before ?? null, limit],
    );
    return rows.map(letterOf);
  }
}

const letterOf = (row: LetterRow): Letter => ({
  institutionId: row.institution_id,
  documentId: row.document_id,
  epspId: row.epsp_id,
  chainPartnerId: row.chain_partner_id ?? undefined,
  machine: row.machine,
  key: row.key,
  notice: row.notice,
  clause: row.clause,
  about: row.about ?? undefined,
  sentAt: row.sent_at,
  arrival:
    row.arrived_at === null || row.proof === null
      ? undefined
      : {
          arrivedAt: row.arrived_at,
          proof: row.proof,
          evidence: row.evidence,
          recordedBy: row.recorded_by ?? undefined,
        },
});
