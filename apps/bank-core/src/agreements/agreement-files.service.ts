import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, refused, type Refusal, type Result } from '#libs/kernel';
import {
  DocumentsService,
  type DocumentForm,
  type DocumentRefusal,
  type DrawnDocument,
} from '../documents/index.js';
import type { AgreementFile } from './domain/agreement-file.js';
import type { Intermediary } from './domain/intermediary.js';
import { noticeOn } from './domain/published-notice.js';
import { FederationDesk } from './federation-desk.js';
import { AgreementStore } from './storage/agreement.store.pg.js';
import {
  agreementFile,
  agreementFiles,
  coverageActsOf,
  type KeptCoverageAct,
} from './storage/version.store.pg.js';

export interface AgreementView {
  readonly file: AgreementFile;
  readonly intermediary: Intermediary;
  readonly acts: readonly KeptCoverageAct[];
  /** Every version with the same party, this one among them, the oldest first. */
  readonly series: readonly AgreementFile[];
  /** The version of the series that readers see today. */
  readonly currentId: string | undefined;
  readonly today: CivilDate;
}

/** Agreements as people read them: by version, with whom they cover and what was decided (RKN-0.1, RKN-0.2). */
@Injectable()
export class AgreementFilesService {
  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(AgreementStore) private readonly store: AgreementStore,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
  ) {}

  list(epspId?: string): Promise<AgreementFile[]> {
    return this.federation.database.transaction((tx) => agreementFiles(tx, epspId));
  }

  async find(id: string): Promise<AgreementView | undefined> {
    const today = CivilDate.inTokyo(await this.federation.clock.now());
    return this.federation.database.transaction(async (tx) => {
      const file = await agreementFile(tx, id);
      const intermediary = file && (await this.store.intermediary(file.intermediaryId));
      if (!file || !intermediary) return undefined;
      const all = await agreementFiles(tx, file.intermediaryId);
      const series = all.filter(({ partyId }) => partyId === file.partyId);
      const acts = await coverageActsOf(tx, id);
      const currentId = noticeOn(series, today)?.id;
      return { file, intermediary, acts, series, currentId, today };
    });
  }

  /** The signed publication; what came with the installation has none. */
  async publication(
    id: string,
    form: DocumentForm,
  ): Promise<Result<DrawnDocument, Refusal<DocumentRefusal>>> {
    const view = await this.find(id);
    const documentId = view?.file.documentId;
    if (!view || documentId === undefined) return refused('document_unknown');
    const place = view.file.partyId ?? (await this.federation.federationId());
    const sealed = await this.federation.database.inInstitution(place, (tx) =>
      this.documents.find(tx, documentId),
    );
    return sealed.ok ? this.documents.draw(sealed.value, form) : sealed;
  }
}
