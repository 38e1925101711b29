import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Refusal, type Result, type Words } from '#libs/kernel';
import type { StaffMember } from '../staff/index.js';
import { itemsFromCsv, itemsFromJson } from './csv-table.js';
import type { ReviewRefusal } from './domain/review.refusals.js';
import type { Template } from './domain/standard.js';
import { ReviewDesk } from './review-desk.js';
import { TemplateStore } from './storage/template.store.pg.js';

export const FORMS = ['csv', 'json'] as const;
export type FileForm = (typeof FORMS)[number];

/** What comes with the file of a template. */
export interface TemplateFile {
  readonly templateId: string;
  readonly title: Words;
  readonly form: FileForm;
  readonly bytes: Buffer;
}

/** Templates of checklists, version by version; a standard is made from one (RKN-S3a). */
@Injectable()
export class TemplatesService {
  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(TemplateStore) private readonly store: TemplateStore,
  ) {}

  /** Makes the next version of the template. Refuses with `file_malformed`, `version_conflict`. */
  async take(
    by: StaffMember,
    { templateId, title, form, bytes }: TemplateFile,
  ): Promise<Result<Template, Refusal<ReviewRefusal>>> {
    const items = form === 'csv' ? itemsFromCsv(bytes) : itemsFromJson(bytes);
    if (!items.ok) return items;
    return this.desk.inFederation(
      {},
      async (tx, at, note): Promise<Result<Template, Refusal<ReviewRefusal>>> => {
        const made = { templateId, title, items: items.value };
        const about = { importedBy: by.mailAddress, importedAt: at };
        const version = await this.store.insert(tx, { ...made, ...about });
        const kept = version && (await this.store.find(tx, templateId, version));
        if (!kept) return refused('version_conflict');
        const { contentHash } = kept;
        await note('template_imported', { templateId, version, contentHash, by: by.mailAddress });
        return accepted(kept);
      },
    );
  }

  list(): Promise<Template[]> {
    return this.desk.database.transaction((tx) => this.store.newestOfEach(tx));
  }

  /** The newest where no version is named. */
  read(
    templateId: string,
    version?: number,
  ): Promise<Result<Template, Refusal<'template_unknown'>>> {
    return this.desk.database.transaction(async (tx) => {
      const template = await this.store.find(tx, templateId, version);
      return template ? accepted(template) : refused('template_unknown');
    });
  }
}
