import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import { DocumentsService, type DocumentForm, type DrawnDocument } from '../documents/index.js';

/** What was said in writing about a case, drawn again for whoever may see the case. */
@Injectable()
export class CaseDocuments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
  ) {}

  /** Undefined for what is not there, is about something else, or cannot be drawn within its bounds. */
  async drawn(
    institutionId: number,
    caseId: string,
    documentId: string,
    form: DocumentForm,
  ): Promise<DrawnDocument | undefined> {
    const found = await this.database.inInstitution(institutionId, (tx) =>
      this.documents.find(tx, documentId),
    );
    if (!found.ok || found.value.document.subject !== caseId) return undefined;
    const drawn = await this.documents.draw(found.value, form);
    return drawn.ok ? drawn.value : undefined;
  }
}
