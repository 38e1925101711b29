import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what the bank says in writing is kept for ever as the text that was signed; PDF and HTML are drawn from
 * it (T-26). Locks nothing: creates only.
 */
export class Documents202611222000 implements MigrationInterface {
  readonly name = 'Documents202611222000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- Public halves of the keys that have signed: a document is verified long after its key has gone.
      create table document_key (
        institution_id smallint not null references institution,
        key_id text not null check (key_id ~ '^[0-9a-f]{16}$'),
        public_key text not null,
        primary key (institution_id, key_id)
      );
      call renkei_guard_tenant('document_key');

      create table document (
        institution_id smallint not null references institution,
        id text not null check (id ~ '^doc_[0-9a-hjkmnp-tv-z]{26}$'),
        kind text not null check (kind in ('improvement_demand', 'notice', 'stop_order', 'stop_request',
          'resumption', 'claim_decision', 'recourse_statement', 'publication')),
        subject text not null,
        -- Canonical JSON; the database computes the hash again.
        content text not null,
        content_hash text not null
          check (content_hash = 'sha256:' || encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        key_id text not null,
        signature text not null,
        issued_at timestamptz not null,
        primary key (institution_id, id),
        foreign key (institution_id, key_id) references document_key
      );
      create index document_by_subject on document (institution_id, subject, issued_at);
      call renkei_guard_tenant('document');
      create trigger document_is_append_only before update or delete or truncate on document
        for each statement execute function renkei_refuse_change();
      create trigger document_key_is_append_only before update or delete or truncate on document_key
        for each statement execute function renkei_refuse_change();
      grant select, insert on document, document_key to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table document, document_key');
  }
}
