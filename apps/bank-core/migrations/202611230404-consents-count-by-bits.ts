import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what a measure would touch is counted over a million consents while an officer waits (E.4). Comparing lists of
 * texts was half of that time and their copies most of the index, so each consent carries its functions as bits as well,
 * computed by the database from the list, which stays the truth. Rewrites `consent` and its index under an exclusive
 * lock: on a large table in a maintenance window.
 */
export class ConsentsCountByBits202611230404 implements MigrationInterface {
  readonly name = 'ConsentsCountByBits202611230404';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- One bit per function of the contract (LINK_FUNCTIONS); what has none is held by no consent.
      create function consent_function_bits(names text[]) returns integer
        language sql immutable strict parallel safe as $$
          select case when 'accounts_read' = any (names) then 1 else 0 end
               + case when 'balances_read' = any (names) then 2 else 0 end
               + case when 'transactions_read' = any (names) then 4 else 0 end
               + case when 'loans_read' = any (names) then 8 else 0 end
               + case when 'transfer_initiation' = any (names) then 16 else 0 end
        $$;
      revoke all on function consent_function_bits from public;
      grant execute on function consent_function_bits to renkei_bank_app;
      alter table consent
        add constraint consent_permissions_have_bits check (permissions <@
          '{accounts_read,balances_read,transactions_read,loans_read,transfer_initiation}'::text[]),
        add column function_bits integer not null
          generated always as (consent_function_bits(permissions)) stored;
      drop index consent_in_force;
      create index consent_in_force on consent (institution_id, epsp_id, holder_id, chain_partner_id, function_bits)
        where state in ('authorised', 'frozen');
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop index consent_in_force;
      alter table consent drop column function_bits, drop constraint consent_permissions_have_bits;
      drop function consent_function_bits;
      create index consent_in_force on consent (institution_id, epsp_id, holder_id)
        include (chain_partner_id, permissions) where state in ('authorised', 'frozen')`);
  }
}
