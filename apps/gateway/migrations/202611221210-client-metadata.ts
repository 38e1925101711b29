import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What software chose at its registration beyond keys and redirect URIs (RFC 7591): how it authenticates,
 * how its tokens are bound, what it signs. Adds a column; holds a short exclusive lock on client.
 */
export class ClientMetadata202611221210 implements MigrationInterface {
  readonly name = 'ClientMetadata202611221210';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table client add column metadata json not null default '{}'
        check (json_typeof(metadata) = 'object')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table client drop column metadata');
  }
}
