import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Evidence that an intermediary gives with a transfer, and the look-up of a day's formed transfers for
 * reconciliation. Creates a table; the index takes a short lock on transfer.
 */
export class TransfersCreateRiskSignal202611221520 implements MigrationInterface {
  readonly name = 'TransfersCreateRiskSignal202611221520';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- Kinds and grades from a catalogue only: no free text, so nothing of a person can stand here (T-30).
      create table transfer_risk_signal (
        institution_id smallint not null,
        transfer_id text not null,
        id bigint generated always as identity,
        kind text not null,
        grade text not null check (grade in ('low', 'medium', 'high')),
        observed_at timestamptz not null,
        received_at timestamptz not null,
        primary key (institution_id, transfer_id, id),
        foreign key (institution_id, transfer_id) references transfer (institution_id, id)
      );
      create index transfer_risk_signal_newest on transfer_risk_signal (institution_id, received_at desc);
      call renkei_guard_tenant('transfer_risk_signal');
      grant select, insert on transfer_risk_signal to renkei_bank_app;
      create index transfer_formed on transfer (institution_id, client_id, formed_at)
        where formed_at is not null;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index transfer_formed');
    await run.query('drop table transfer_risk_signal');
  }
}
