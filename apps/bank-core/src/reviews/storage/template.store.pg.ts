import { Injectable } from '@nestjs/common';
import { canonicalJson, hashOf, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ChecklistItem } from '../domain/checklist-item.js';
import type { Template } from '../domain/standard.js';

interface TemplateRow {
  template_id: string;
  version: number;
  title_ja: string;
  title_en: string;
  items: string;
  content_hash: string;
  imported_by: string;
  imported_at: Instant;
}

const SELECT = `select template_id, version, title_ja, title_en, items, content_hash, imported_by,
  imported_at from federation.checklist_template`;

/** Templates belong to the federation as one party; each institution may make its standard from them. */
@Injectable()
export class TemplateStore {
  async newestOfEach(tx: Transaction): Promise<Template[]> {
    const rows = await tx.query<TemplateRow>(
      `${SELECT} t where not exists (select from federation.checklist_template n
         where n.template_id = t.template_id and n.version > t.version) order by template_id`,
    );
    return rows.map(templateOf);
  }

  async find(
    tx: Transaction,
    templateId: string,
    version: number | undefined,
  ): Promise<Template | undefined> {
    const [row] = await tx.query<TemplateRow>(
      `${SELECT} where template_id = $1 and ($2::int is null or version = $2)
       order by version desc limit 1`,
      [templateId, version ?? null],
    );
    return row && templateOf(row);
  }

  /** The next version of its template; undefined where somebody else has just taken that number. */
  async insert(
    tx: Transaction,
    template: Omit<Template, 'version' | 'contentHash'>,
  ): Promise<number | undefined> {
    const { templateId, title, items, importedBy, importedAt } = template;
    const [row] = await tx.query<{ version: number }>(
      `insert into federation.checklist_template (template_id, version, title_ja, title_en, items,
         content_hash, imported_by, imported_at)
       select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000)
         from federation.checklist_template where template_id = $1
       on conflict do nothing returning version`,
      [templateId, title.ja, title.en, canonicalJson(items), hashOf(items), importedBy, importedAt],
    );
    return row?.version;
  }
}

const templateOf = (row: TemplateRow): Template => ({
  templateId: row.template_id,
  version: row.version,
  title: { ja: row.title_ja, en: row.title_en },
  items: JSON.parse(row.items) as ChecklistItem[],
  contentHash: row.content_hash,
  importedBy: row.imported_by,
  importedAt: row.imported_at,
});
