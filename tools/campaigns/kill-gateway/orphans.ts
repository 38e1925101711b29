import pg from 'pg';
import { pause } from '../../machine-clock.js';
import type { Stage } from '../gateway-ground/stage.js';

const LOOKS_MAX = 600;
const LOOK_MS = 100;

/** A consent that stands at bank-core, and what the gateway keeps of it. */
export interface Orphan {
  readonly consentId: string;
  readonly grants: readonly object[];
}

/**
 * Consents that stand at bank-core while the gateway has no grant on which a token could still be got: the holder's
 * overview would show what nobody can use. Ends travel between the two servers, so they are given time.
 */
export function orphanedConsents(stage: Stage): Promise<readonly Orphan[]> {
  return withClients(stage, async (bank, gateway) => {
    for (let look = 0; ; look += 1) {
      const standing = await bank.query<{ id: string }>(
        `select id from consent where state = 'authorised'`,
      );
      const usable = await gateway.query<{ id: string }>(
        `select g.consent_id as id from consent_grant g
         where g.ended_at is null and exists (
           select from oidc_artifact a where a.grant_id = g.grant_id and a.model = 'RefreshToken')`,
      );
      const known = new Set(usable.rows.map(({ id }) => id));
      const orphans = standing.rows.map(({ id }) => id).filter((id) => !known.has(id));
      if (orphans.length === 0) return [];
      if (look >= LOOKS_MAX) return Promise.all(orphans.map((id) => describe(gateway, id)));
      await pause(LOOK_MS);
    }
  });
}

/**
 * Grants on which more than one refresh token lives. A grant belongs to one code: the second was made by a code that
 * was taken twice, also where the answer of the first was lost (T-10).
 */
export function doubledGrants(stage: Stage): Promise<readonly string[]> {
  return withClients(stage, async (_bank, gateway) => {
    const { rows } = await gateway.query<{ id: string }>(
      `select g.grant_id as id from consent_grant g
       join oidc_artifact a on a.grant_id = g.grant_id and a.model = 'RefreshToken'
       where g.ended_at is null group by g.grant_id having count(*) > 1`,
    );
    return rows.map(({ id }) => id);
  });
}

async function describe(gateway: pg.Client, consentId: string): Promise<Orphan> {
  const { rows } = await gateway.query<{ grant: object }>(
    `select jsonb_build_object('grant', g.grant_id, 'kept_at', g.recorded_at,
       'ended', g.ended_code, 'ended_at', g.ended_at, 'told_at', g.told_at,
       'artifacts', (select array_agg(a.model order by a.model) from oidc_artifact a
         where a.grant_id = g.grant_id)) as grant
     from consent_grant g where g.consent_id = $1`,
    [consentId],
  );
  return { consentId, grants: rows.map(({ grant }) => grant) };
}

async function withClients<Value>(
  { databases }: Stage,
  work: (bank: pg.Client, gateway: pg.Client) => Promise<Value>,
): Promise<Value> {
  const bank = new pg.Client({ connectionString: databases.bank.adminUrl });
  const gateway = new pg.Client({ connectionString: databases.gateway.adminUrl });
  try {
    await Promise.all([bank.connect(), gateway.connect()]);
    return await work(bank, gateway);
  } finally {
    await Promise.all([bank.end(), gateway.end()]);
  }
}
