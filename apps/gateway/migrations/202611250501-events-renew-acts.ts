import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a kept answer is sealed anew when the wrapping key changes, so that the old key can be taken away (T-22,
 * docs/keys.md). Grants only; locks nothing.
 */
export class EventsRenewActs202611250501 implements MigrationInterface {
  readonly name = 'EventsRenewActs202611250501';

  async up(run: QueryRunner): Promise<void> {
    await run.query('grant update (answer) on event_act to renkei_gateway_app');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('revoke update (answer) on event_act from renkei_gateway_app');
  }
}
