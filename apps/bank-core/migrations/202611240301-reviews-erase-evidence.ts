import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: evidence is kept for the term that its institutions have set and not for ever (P.rkn.evidenceRetention). The
 * bytes go, the line with the hash stays, and neither goes without the other. Locks evidence_file and evidence_content
 * for an instant, and evidence_file against writes while its index is built.
 */
export class ReviewsEraseEvidence202611240301 implements MigrationInterface {
  readonly name = 'ReviewsEraseEvidence202611240301';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table federation.evidence_file add column erased_at timestamptz;
      -- What was erased may be sent again, and is another file then.
      alter table federation.evidence_file drop constraint evidence_file_epsp_id_sha256_key;
      create unique index evidence_file_by_content on federation.evidence_file (epsp_id, sha256)
        where erased_at is null;
      create index evidence_file_kept on federation.evidence_file (uploaded_at, id) where erased_at is null;

      create or replace function federation.evidence_is_scanned_once() returns trigger language plpgsql as $$
      begin
        if old.erased_at is not null then raise exception '% was erased', old.id; end if;
        if old.state <> 'quarantined'
           and (new.state, new.verdict, new.scanned_at) is distinct from (old.state, old.verdict, old.scanned_at) then
          raise exception '% was scanned', old.id;
        end if;
        return new;
      end $$;

      drop trigger evidence_content_is_append_only on federation.evidence_content;
      create trigger evidence_content_is_append_only before update or truncate
        on federation.evidence_content for each statement execute function renkei_refuse_change();
      create function federation.evidence_goes_when_erased() returns trigger language plpgsql as $$
      begin
        if not exists (select from federation.evidence_file f
                       where f.id = old.evidence_id and f.erased_at is not null) then
          raise exception '% is kept', old.evidence_id;
        end if;
        return old;
      end $$;
      create trigger evidence_goes_when_erased before delete on federation.evidence_content
        for each row execute function federation.evidence_goes_when_erased();
      create function federation.evidence_is_erased_whole() returns trigger language plpgsql as $$
      begin
        if exists (select from federation.evidence_content c where c.evidence_id = new.id) then
          raise exception '% was erased and its bytes are there', new.id;
        end if;
        return null;
      end $$;
      create constraint trigger evidence_is_erased_whole after update of erased_at on federation.evidence_file
        deferrable initially deferred for each row when (new.erased_at is not null)
        execute function federation.evidence_is_erased_whole();

      grant update (erased_at) on federation.evidence_file to renkei_bank_app;
      grant delete on federation.evidence_content to renkei_bank_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('What was erased does not come back: restore a backup instead.');
  }
}
