import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit blocks of the postings (ledger.md 3.1): hash chained, sealed afterwards, never inside a posting. Creates
 * only; locks nothing.
 */
export class AccountsCreatePostingBlock202611221040 implements MigrationInterface {
  readonly name = 'AccountsCreatePostingBlock202611221040';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- The leaf of a row: SHA-256 of a zero byte and the row as a JSON array in this order, texts escaped, dates as
      -- YYYY-MM-DD, the time in microseconds since 1970, ", " between two values. Anyone can compute it again.
      create function posting_leaf(p posting) returns bytea language sql stable as $$
        select sha256('\\x00'::bytea || convert_to(json_build_array(
          p.institution_id, p.xid, p.id, p.key, p.line, p.hash, p.operation, p.status, p.detail,
          p.debit_account, p.debit_seq, p.debit_balance, p.credit_account, p.credit_seq, p.credit_balance,
          p.amount, (extract(epoch from p.posted_at) * 1000000)::bigint, p.booked_on, p.value_on,
          p.debit_text, p.credit_text, p.edi_text)::text, 'UTF8'))
      $$;

      -- One block covers the rows behind (from_xid, from_id) up to and including (to_xid, to_id), and its neighbour
      -- begins where it ends: a row cannot leave, come or change its place without a sum or a hash that differs.
      create table posting_block (
        institution_id smallint not null references institution,
        number bigint not null check (number > 0),
        from_xid bigint not null,
        from_id bigint not null,
        to_xid bigint not null,
        to_id bigint not null,
        row_count integer not null check (row_count > 0),
        -- What the rows moved, in yen.
        moved bigint not null,
        -- Merkle root over the leaves in the order (xid, id), as RFC 9162 section 2.1.1 builds it.
        root bytea not null check (length(root) = 32),
        previous_hash bytea not null check (length(previous_hash) = 32),
        hash bytea not null check (length(hash) = 32),
        sealed_at timestamptz not null,
        primary key (institution_id, number),
        check ((from_xid, from_id) < (to_xid, to_id))
      );
      call renkei_guard_tenant('posting_block');
      create trigger posting_block_is_append_only before update or delete or truncate on posting_block
        for each statement execute function renkei_refuse_change();
      grant select, insert on posting_block to renkei_bank_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Evidence is not dropped: restore a backup instead.');
  }
}
