import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: an intermediary corrects what it has proposed, and two people agree on the version that they have seen. Adds a
 * column with a constant default and a trigger: an exclusive lock on federation.chain_partner for an instant.
 */
export class AgreementsChangeProposals202611250601 implements MigrationInterface {
  readonly name = 'AgreementsChangeProposals202611250601';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table federation.chain_partner
        -- Of what was filed; each change of a proposal is the next one.
        add column version integer not null default 1 check (version >= 1);

      -- RKN-C1a: what people have contracted, or nobody wants any more, stays as it was filed; only its end may come.
      create function federation.only_proposals_change() returns trigger language plpgsql as $$
      begin
        if old.status <> 'proposed' then raise exception '% is no proposal', old.id; end if;
        if new.version <> old.version + 1 then raise exception '% skips a version', old.id; end if;
        return new;
      end $$;
      create trigger only_proposals_change before update of version, name_ja, name_kana, name_en, legal_basis,
          contract_from, directions, functions, purpose, method, services, legal_basis_kind,
          stands_before_epsp, contract_document
        on federation.chain_partner for each row execute function federation.only_proposals_change();

      grant update (version, name_ja, name_kana, name_en, legal_basis, contract_from, directions, functions,
        purpose, method, services, legal_basis_kind, stands_before_epsp, contract_document)
        on federation.chain_partner to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      revoke update (name_ja, name_kana, name_en, legal_basis, contract_from, directions, functions,
        purpose, method, services, legal_basis_kind, stands_before_epsp, contract_document)
        on federation.chain_partner from renkei_bank_app;
      drop trigger only_proposals_change on federation.chain_partner;
      drop function federation.only_proposals_change();
      alter table federation.chain_partner drop column version;
    `);
  }
}
