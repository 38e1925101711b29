import type { ClauseId } from '#libs/contracts';
import type { Words } from '#libs/kernel';

/** What the bank issues in writing. */
export const DOCUMENT_KINDS = [
  'improvement_demand',
  'notice',
  'stop_order',
  'stop_request',
  'resumption',
  'claim_decision',
  'recourse_statement',
  'publication',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export interface LabelledValue {
  readonly label: Words;
  readonly value: Words;
}

export interface DocumentTable {
  readonly columns: readonly Words[];
  /** One text per column; amounts and codes are the same in both languages. */
  readonly rows: readonly (readonly Words[])[];
}

/** One numbered part under a heading; everything in it is optional and drawn in this order. */
export interface DocumentPart {
  readonly heading: Words;
  /** The clauses that the part rests on, shown beside its heading. */
  readonly clauses?: readonly ClauseId[];
  readonly paragraphs?: readonly Words[];
  readonly values?: readonly LabelledValue[];
  readonly table?: DocumentTable;
}

/**
 * A document before it is drawn. Its canonical JSON is what is hashed, signed and stored; it holds no
 * number but strings, no date but RFC 3339 or YYYY-MM-DD, and nothing that drawing would have to look up.
 */
export interface OfficialDocument {
  readonly kind: DocumentKind;
  readonly title: Words;
  /** RFC 3339, +09:00. */
  readonly issuedAt: string;
  readonly issuer: Words;
  readonly addressee: Words;
  /** What it is about: a case, a link, a claim, by id. */
  readonly subject: string;
  readonly parts: readonly DocumentPart[];
}

/** What proves a document: stands on its pages and beside its JSON. */
export interface DocumentSeal {
  readonly id: string;
  /** `sha256:` and 64 hexadecimal digits, of the canonical JSON. */
  readonly hash: string;
  readonly keyId: string;
  /** Ed25519 over the canonical JSON, base64url. */
  readonly signature: string;
}

export interface SealedDocument {
  readonly document: OfficialDocument;
  readonly seal: DocumentSeal;
}

export const words = (ja: string, en: string): Words => ({ ja, en });
/** For what is written alike in both languages: ids, dates, amounts. */
export const alike = (text: string): Words => ({ ja: text, en: text });
