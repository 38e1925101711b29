import pg from 'pg';
import { pause } from '../../machine-clock.js';
import type { Stage } from '../gateway-ground/stage.js';

const LOOKS_MAX = 200;
const LOOK_MS = 50;

/**
 * Consents that stand at bank-core while the gateway has no grant on which a token could still be got: the holder's
 * overview would show what nobody can use. Ends travel between the two servers, so they are given time.
 */
export async function orphanedConsents(stage: Stage): Promise<number> {
  const [bank, gateway] = await Promise.all(
    [stage.databases.bank.adminUrl, stage.databases.gateway.adminUrl].map(async (url) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  try {
    for (let look = 0; ; look += 1) {
      const standing = await bank!.query<{ id: string }>(
        `select id from consent where state = 'authorised'`,
      );
      const usable = await gateway!.query<{ id: string }>(
        `select g.consent_id as id from consent_grant g
         where g.ended_at is null and exists (
           select from oidc_artifact a where a.grant_id = g.grant_id and a.model = 'RefreshToken')`,
      );
      const known = new Set(usable.rows.map(({ id }) => id));
      const orphans = standing.rows.filter(({ id }) => !known.has(id)).length;
      if (orphans === 0 || look >= LOOKS_MAX) return orphans;
      await pause(LOOK_MS);
    }
  } finally {
    await Promise.all([bank!.end(), gateway!.end()]);
  }
}
