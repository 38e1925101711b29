import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { newId } from '#libs/kernel';
import { machineNow } from '../../machine-clock.js';
import type { Stage } from '../gateway-ground/stage.js';
import type { OwnTokens } from '../gateway-ground/software.js';

/** One consent with its grant, a token that reads on it and one that renews it. */
export interface Clone {
  readonly consentId: string;
  readonly grantId: string;
  readonly accessToken: string;
  readonly tokenHash: string;
  readonly refreshToken: string;
}

/** What the clones are made of. */
export type Model = { readonly [Name in keyof OwnTokens]: NonNullable<OwnTokens[Name]> };

const hashOf = (value: string): string => createHash('sha256').update(value).digest('base64url');
const newValue = (): string => randomBytes(32).toString('base64url');
const LIFE_SECONDS = 1_800;

/** What the database computes itself is not written. */
const COLUMNS = `
  select quote_ident(attname) as name from pg_attribute
  where attrelid = 'consent'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
  order by attnum`;

const bankOf = (columns: readonly string[]): string => `
  with made as (
    insert into consent (${columns.join(', ')})
    select ${columns.map((name) => `n.${name}`).join(', ')} from consent c cross join lateral
      jsonb_populate_record(c, jsonb_build_object('id', $2::text)) n
    where c.id = $1 returning institution_id, id)
  insert into consent_account select n.* from consent_account a cross join made
    cross join lateral jsonb_populate_record(a, jsonb_build_object('consent_id', made.id)) n
  where a.consent_id = $1`;

const GRANT = `
  insert into consent_grant select n.* from consent_grant g cross join lateral
    jsonb_populate_record(g, jsonb_build_object('grant_id', $2::text, 'consent_id', $3::text)) n
  where g.consent_id = $1`;

const ARTIFACT = `
  insert into oidc_artifact select n.* from oidc_artifact a cross join lateral
    jsonb_populate_record(a, jsonb_build_object('id', $2::text, 'grant_id', $3::text,
      'expires_at', clock_timestamp() + make_interval(secs => ${LIFE_SECONDS}),
      'payload', a.payload::jsonb || jsonb_build_object('grantId', $3::text,
        'exp', extract(epoch from clock_timestamp())::bigint + ${LIFE_SECONDS}))) n
  where a.model = $4 and a.id = $1`;

/** The library's own record of the grant, without which nothing is renewed; its id is the hash of the grant's. */
const RECORD = `
  insert into oidc_artifact select n.* from oidc_artifact a cross join lateral
    jsonb_populate_record(a, jsonb_build_object('id', $2::text)) n
  where a.model = 'Grant' and a.id = $1`;

/**
 * Many consents of one real one: the same rows under other ids in both databases, as the superuser writes them. To
 * both servers they are consents, grants and tokens like any other; only the pages were walked once.
 */
export async function cloneConsent(stage: Stage, tokens: Model, count: number): Promise<Clone[]> {
  const bank = new pg.Client({ connectionString: stage.databases.bank.adminUrl });
  const gateway = new pg.Client({ connectionString: stage.databases.gateway.adminUrl });
  await Promise.all([bank.connect(), gateway.connect()]);
  try {
    const columns = await bank.query<{ name: string }>(COLUMNS);
    const copy = bankOf(columns.rows.map(({ name }) => name));
    const grants = await gateway.query<{ id: string }>(
      'select grant_id as id from consent_grant where consent_id = $1',
      [tokens.consentId],
    );
    const [grant] = grants.rows;
    if (!grant) throw new Error('A consent has its grant.');
    const clones: Clone[] = [];
    for (let n = 0; n < count; n += 1) {
      const clone = await cloneOnce(bank, copy, gateway, tokens);
      await gateway.query(RECORD, [hashOf(grant.id), hashOf(clone.grantId)]);
      clones.push(clone);
    }
    return clones;
  } finally {
    await Promise.all([bank.end(), gateway.end()]);
  }
}

async function cloneOnce(
  bank: pg.Client,
  copy: string,
  gateway: pg.Client,
  { consentId: model, accessToken, refreshToken }: Model,
): Promise<Clone> {
  const consentId = newId('cns', machineNow());
  const [grantId, own, ownRefresh] = [newValue(), newValue(), newValue()];
  await bank.query(copy, [model, consentId]);
  await gateway.query(GRANT, [model, grantId, consentId]);
  const tokenHash = hashOf(own);
  await gateway.query(ARTIFACT, [hashOf(accessToken), tokenHash, grantId, 'AccessToken']);
  const refreshHash = hashOf(ownRefresh);
  await gateway.query(ARTIFACT, [hashOf(refreshToken), refreshHash, grantId, 'RefreshToken']);
  return { consentId, grantId, accessToken: own, tokenHash, refreshToken: ownRefresh };
}

/** What is left of the grants of ended consents: nothing that could still be used. */
export async function leftOf(stage: Stage, clones: readonly Clone[]): Promise<number> {
  const gateway = new pg.Client({ connectionString: stage.databases.gateway.adminUrl });
  await gateway.connect();
  try {
    const { rows } = await gateway.query<{ left: string }>(
      `select (select count(*) from consent_grant where grant_id = any ($1) and ended_at is null)
         + (select count(*) from oidc_artifact where grant_id = any ($1)
            and (model <> 'AccessToken' or ended_code is null))
         + (select count(*) from oidc_artifact where model = 'Grant' and id = any ($2)) as left`,
      [clones.map(({ grantId }) => grantId), clones.map(({ grantId }) => hashOf(grantId))],
    );
    return Number(rows[0]?.left);
  } finally {
    await gateway.end();
  }
}
