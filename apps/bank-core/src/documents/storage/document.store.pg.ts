import { Injectable } from '@nestjs/common';
import { canonicalJson } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { DocumentSeal, OfficialDocument, SealedDocument } from '../domain/document.js';

interface DocumentRow {
  id: string;
  content: string;
  content_hash: string;
  key_id: string;
  signature: string;
}

@Injectable()
export class DocumentStore {
  async insert(
    tx: Transaction,
    document: OfficialDocument,
    seal: DocumentSeal,
    publicKey: string,
  ): Promise<void> {
    await tx.query(
      `insert into document_key (institution_id, key_id, public_key)
       values (renkei_institution(), $1, $2) on conflict do nothing`,
      [seal.keyId, publicKey],
    );
    await tx.query(
      `insert into document
         (institution_id, id, kind, subject, content, content_hash, key_id, signature, issued_at)
       values (renkei_institution(), $1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        seal.id,
        document.kind,
        document.subject,
        canonicalJson(document),
        seal.hash,
        seal.keyId,
        seal.signature,
        document.issuedAt,
      ],
    );
  }

  async find(tx: Transaction, id: string): Promise<SealedDocument | undefined> {
    const rows = await tx.query<DocumentRow>(
      `select id, content, content_hash, key_id, signature from document
       where institution_id = renkei_institution() and id = $1`,
      [id],
    );
    return rows[0] && sealedOf(rows[0]);
  }

  /** What was issued about a subject, oldest first. */
  async about(tx: Transaction, subject: string): Promise<SealedDocument[]> {
    const rows = await tx.query<DocumentRow>(
      `select id, content, content_hash, key_id, signature from document
       where institution_id = renkei_institution() and subject = $1 order by issued_at, id`,
      [subject],
    );
    return rows.map(sealedOf);
  }
}

const sealedOf = (row: DocumentRow): SealedDocument => ({
  document: JSON.parse(row.content) as OfficialDocument,
  seal: {
    id: row.id,
    hash: row.content_hash,
    keyId: row.key_id,
    signature: row.signature,
  },
});
