import { canonicalJson, hashOf } from '#libs/kernel';
import { STARTER_ID, STARTER_ITEMS, STARTER_TITLE } from '../src/reviews/index.js';
import { INSTITUTIONS } from './01-institutions.seed.js';
import { enterInstitution, type SeedContext } from './seed-context.js';

const SINCE = '2024-04-01';

/** The starter template, and as 見本 a first standard of every institution that asks all of it (RKN-S3b). */
export async function seedChecklists(context: SeedContext): Promise<void> {
  const { client } = context;
  const items = canonicalJson(STARTER_ITEMS);
  const hash = hashOf(STARTER_ITEMS);
  await client.query(
    `insert into federation.checklist_template (template_id, version, title_ja, title_en, items,
       content_hash, imported_by, imported_at) values ($1, 1, $2, $3, $4, $5, '見本', renkei_now())`,
    [STARTER_ID, STARTER_TITLE.ja, STARTER_TITLE.en, items, hash],
  );
  for (const { id } of INSTITUTIONS) {
    await enterInstitution(context, id);
    await client.query(
      `insert into standard_version (institution_id, version, effective_from, template_id,
         template_version, items, content_hash, published_at)
       values ($1, 1, $2, $3, 1, $4, $5, $2::date::timestamptz)`,
      [id, SINCE, STARTER_ID, items, hash],
    );
  }
}
