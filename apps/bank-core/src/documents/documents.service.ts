import { Inject, Injectable } from '@nestjs/common';
import { accepted, newId, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { BANK_CONFIG, type BankConfig } from '../platform/config.js';
import type { OfficialDocument, SealedDocument } from './domain/document.js';
import type { DocumentRefusal } from './domain/document.refusals.js';
import { DocumentSigner } from './document-signer.js';
import { drawDocument, type DocumentForm } from './draw-document.js';
import { PdfDrawer } from './pdf/pdf-drawer.js';
import { DocumentStore } from './storage/document.store.pg.js';

export interface DrawnDocument {
  readonly mediaType: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const MEDIA_TYPES = {
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
} as const;

/** Issues documents and draws them again, byte for byte. */
@Injectable()
export class DocumentsService {
  private made: DocumentSigner | undefined;

  constructor(
    @Inject(BANK_CONFIG) private readonly config: BankConfig,
    @Inject(DocumentStore) private readonly store: DocumentStore,
    @Inject(PdfDrawer) private readonly drawer: PdfDrawer,
  ) {}

  /** Seals and keeps a document in the caller's transaction, which has entered the issuing institution. */
  async issue(tx: Transaction, document: OfficialDocument, at: Instant): Promise<SealedDocument> {
    const seal = this.signer.seal(newId('doc', at), document);
    await this.store.insert(tx, document, seal, this.signer.publicKey);
    return { document, seal };
  }

  /** A document of the institution that the transaction has entered. */
  async find(
    tx: Transaction,
    id: string,
  ): Promise<Result<SealedDocument, Refusal<DocumentRefusal>>> {
    const sealed = await this.store.find(tx, id);
    return sealed ? accepted(sealed) : refused('document_unknown');
  }

  about(tx: Transaction, subject: string): Promise<SealedDocument[]> {
    return this.store.about(tx, subject);
  }

  /** The document as somebody reads it; the same bytes each time. Needs no transaction. */
  async draw(
    sealed: SealedDocument,
    form: DocumentForm,
  ): Promise<Result<DrawnDocument, Refusal<DocumentRefusal>>> {
    const drawn = await drawDocument(this.drawer, sealed, form);
    if (!drawn.ok) return drawn;
    return accepted({
      mediaType: MEDIA_TYPES[form],
      fileName: `${sealed.seal.id}.${form}`,
      bytes: drawn.value,
    });
  }

  /** Seals without keeping: a what-if is a document that nobody issued. */
  preview(document: OfficialDocument): SealedDocument {
    return { document, seal: { ...this.signer.seal('preview', document), signature: '' } };
  }

  /** Made when something is first signed: commands that sign nothing hold no key. */
  private get signer(): DocumentSigner {
    return (this.made ??= new DocumentSigner(this.config.documentKey));
  }
}
