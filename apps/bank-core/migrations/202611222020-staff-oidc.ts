import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a bank that has a directory of its own lets officers log in there (OpenID Connect); who is who is bound by the
 * issuer and its subject, never by a mail address that somebody may change. Creates only; locks briefly.
 */
export class StaffOidc202611222020 implements MigrationInterface {
  readonly name = 'StaffOidc202611222020';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table federation.staff_account
        add column issuer text,
        add column subject text,
        add check ((issuer is null) = (subject is null)),
        add unique (issuer, subject);

      -- One way to the issuer and back; used once, within minutes.
      create table federation.staff_oidc_attempt (
        secret_hash bytea primary key check (length(secret_hash) = 32),
        state text not null,
        nonce text not null,
        verifier text not null,
        ends_at timestamptz not null
      );
      grant select, insert, delete on federation.staff_oidc_attempt to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop table federation.staff_oidc_attempt;
      alter table federation.staff_account drop column issuer, drop column subject;
    `);
  }
}
