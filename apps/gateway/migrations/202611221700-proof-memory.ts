import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Proofs are remembered without being written ahead: a proof costs no flush to disk, and a crash of the
 * database or the move to a standby empties the memory (T-10, decision 0015). What was accepted before
 * could then be accepted again, so the memory carries a name of its own life, which is part of every nonce:
 * where it is a new one, all proofs made before are refused. Drops what is remembered at this moment and
 * locks nothing but the table itself.
 */
export class ProofMemory202611221700 implements MigrationInterface {
  readonly name = 'ProofMemory202611221700';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      drop table proof_seen;
      create unlogged table proof_seen (
        -- SHA-256 of thumbprint and jti together: unique per key, so nobody can burn a stranger's jti.
        id bytea primary key,
        expires_at timestamptz not null
      );
      create index proof_seen_expiry on proof_seen (expires_at);
      -- One row, drawn by whichever process finds none; it dies with the table above and only with it.
      create unlogged table proof_memory (
        only_one boolean primary key default true check (only_one),
        life uuid not null default gen_random_uuid()
      );
      grant select, insert, delete on proof_seen to renkei_gateway_app;
      grant select, insert on proof_memory to renkei_gateway_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('A memory of proofs has no way back: go forward with a new migration.');
  }
}
