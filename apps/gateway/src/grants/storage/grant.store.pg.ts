import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../platform/config.js';
import type { ConsentGrant, EndCode, LiveToken, TokenBinding } from '../domain/grant.js';

/** The key of an artifact of oidc-provider: values themselves are never stored. */
export const hashOfToken = (value: string): string => hash('sha256', value, 'base64url');

interface TokenRow {
  payload: {
    clientId: string;
    scope?: string;
    exp: number;
    jkt?: string;
    'x5t#S256'?: string;
    grantId?: string;
  };
  ended_code: EndCode | null;
  epsp_id: string;
  grant_id: string | null;
  kind: ConsentGrant['kind'];
  bank_code: string;
  chain_partner_id: string;
  consent_id: string | null;
  transfer_id: string | null;
  permissions: string[];
  expires_at: Instant;
  grant_ended_code: EndCode | null;
  is_of_compromised_key: boolean;
  blocked_until: Instant | null;
}

export interface UntoldEnd {
  readonly grantId: string;
  readonly consentId: string;
  readonly bankCode: string;
  readonly clientId: string;
  readonly epspId: string;
  readonly chainPartnerId: string;
}

@Injectable()
export class GrantStore {
  private readonly answerMs: number;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(GATEWAY_CONFIG) { patience }: GatewayConfig,
  ) {
    this.answerMs = patience.storeAnswerMs;
  }

  /**
   * Answers how the grant has ended, if it has. Whoever deletes the software ends the grants that it finds: the lock
   * lets one of the two wait for the other, so that a grant is either found there or meets the deletion here.
   */
  async insert(grant: ConsentGrant): Promise<EndCode | undefined> {
    const { rows } = await this.database.pool.query<{ ended_code: EndCode | null }>(
      `with software as (
         select client_id from client where client_id = $4 and status = 'active' for share
       )
       insert into consent_grant (grant_id, kind, bank_code, client_id, chain_partner_id,
         consent_id, transfer_id, permissions, expires_at, ended_at, ended_code)
       select $1, $2, $3, $4, $5, $6, $7, $8::text[], to_timestamp($9::float8 / 1000),
         case when s.client_id is null then clock_timestamp() end,
         case when s.client_id is null then 'invalid_token' end
       from (values (1)) as one left join software s on true
       -- Changes nothing; it lets the row that is there answer.
       on conflict (grant_id) do update set grant_id = excluded.grant_id
       returning ended_code`,
      [
        grant.grantId,
        grant.kind,
        grant.bankCode,
        grant.clientId,
        grant.chainPartnerId,
        grant.consentId ?? null,
        grant.transferId ?? null,
        grant.permissions,
        grant.expiresAt,
      ],
    );
    return rows[0]?.ended_code ?? undefined;
  }

  async endOf(grantId: string): Promise<EndCode | undefined> {
    const { rows } = await this.database.pool.query<{ ended_code: EndCode | null }>(
      `select coalesce(ended_code, case when expires_at <= clock_timestamp() then 'consent_expired' end)
         as ended_code
       from consent_grant where grant_id = $1`,
      [grantId],
    );
    return rows[0]?.ended_code ?? undefined;
  }

  /** The token with what it points at, in one look-up; expired ones too, the caller judges. */
  async findToken(hash: string): Promise<LiveToken | undefined> {
    // The driver knows `query_timeout` of one statement, its published types do not.
    const statement = {
      name: 'token-find',
      query_timeout: this.answerMs,
      text: `select a.payload, a.ended_code, c.epsp_id, g.grant_id, g.kind, g.bank_code,
               g.chain_partner_id, g.consent_id, g.transfer_id, g.permissions, g.expires_at,
               g.ended_code as grant_ended_code,
               -- T-09: the key that obtained it, or the one that it is bound to.
               exists (select from compromised_key x
                 where (x.mark = any(a.proven_by)
                     or x.mark in (a.payload ->> 'jkt', a.payload ->> 'x5t#S256'))
                   and (x.everywhere or x.client_id = c.client_id)) as is_of_compromised_key,
               software_blocked_until(c.client_id) as blocked_until
             from oidc_artifact a
             join client c on c.client_id = a.payload ->> 'clientId' and c.status = 'active'
             left join consent_grant g on g.grant_id = a.grant_id
             where a.model in ('AccessToken', 'ClientCredentials') and a.id = $1`,
      values: [hash],
    };
    const { rows } = await this.database.pool.query<TokenRow>(statement);
    const row = rows[0];
    return row && toToken(hash, row);
  }

  /** Ends every grant that points at one of the consents, with all that was issued on it. */
  async endByConsents(
    tx: Transaction,
    consentIds: readonly string[],
    code: EndCode,
  ): Promise<void> {
    const ended = await tx.query<{ grant_id: string }>(
      `update consent_grant set ended_at = clock_timestamp(), ended_code = $2
       where consent_id = any ($1) and ended_at is null returning grant_id`,
      [consentIds, code],
    );
    const grantIds = ended.map((row) => row.grant_id);
    if (grantIds.length > 0) await this.endArtifacts(tx, grantIds, code);
  }

  /** Ends one grant. Returns it where it was alive. */
  async end(tx: Transaction, grantId: string, code: EndCode): Promise<boolean> {
    const ended = await tx.query(
      `update consent_grant set ended_at = clock_timestamp(), ended_code = $2
       where grant_id = $1 and ended_at is null returning grant_id`,
      [grantId, code],
    );
    await this.endArtifacts(tx, [grantId], code);
    return ended.length > 0;
  }

  async readCursor(feed: string): Promise<string | undefined> {
    const { rows } = await this.database.pool.query<{ cursor: string }>(
      'select cursor from feed_cursor where feed = $1',
      [feed],
    );
    return rows[0]?.cursor;
  }

  async writeCursor(tx: Transaction, feed: string, cursor: string): Promise<void> {
    await tx.query(
      `insert into feed_cursor (feed, cursor) values ($1, $2)
       on conflict (feed) do update set cursor = excluded.cursor`,
      [feed, cursor],
    );
  }

  /**
   * Ends that began here and that bank-core has not been told of, oldest first. While the consent has another
   * grant, as after an extension, giving one back ends nothing at the bank.
   */
  async untoldEnds(rowsMax: number): Promise<UntoldEnd[]> {
    const { rows } = await this.database.pool.query<UntoldEnd>(
      `select g.grant_id as "grantId", g.consent_id as "consentId", g.bank_code as "bankCode",
         g.client_id as "clientId", c.epsp_id as "epspId", g.chain_partner_id as "chainPartnerId"
       from consent_grant g join client c using (client_id)
       where g.ended_code = 'invalid_token' and g.consent_id is not null and g.told_at is null
         and not exists (select from consent_grant o where o.consent_id = g.consent_id
           and o.ended_at is null and o.expires_at > clock_timestamp())
       order by g.ended_at limit $1`,
      [rowsMax],
    );
    return rows;
  }

  async markTold(grantId: string): Promise<void> {
    await this.database.pool.query(
      'update consent_grant set told_at = clock_timestamp() where grant_id = $1',
      [grantId],
    );
  }

  /** Removes what is long over, a bounded number of rows at a time. */
  async sweep(rowsMax: number): Promise<number> {
    const { rowCount } = await this.database.pool.query(
      `with old as (select ctid from oidc_artifact
         where expires_at < clock_timestamp() - interval '1 hour' limit $1)
       delete from oidc_artifact where ctid in (select ctid from old)`,
      [rowsMax],
    );
    const proofs = await this.database.pool.query(
      `with old as (select ctid from proof_seen where expires_at < clock_timestamp() limit $1)
       delete from proof_seen where ctid in (select ctid from old)`,
      [rowsMax],
    );
    return (rowCount ?? 0) + (proofs.rowCount ?? 0);
  }

  /** Access tokens stay, marked, so that their bearer learns why; everything else of the grant goes. */
  private async endArtifacts(
    tx: Transaction,
    grantIds: readonly string[],
    code: EndCode,
  ): Promise<void> {
    await tx.query(
      `update oidc_artifact set ended_code = $2
       where grant_id = any ($1) and model = 'AccessToken' and ended_code is null`,
      [grantIds, code],
    );
    await tx.query(
      `delete from oidc_artifact where (grant_id = any ($1) and model <> 'AccessToken')
         or (model = 'Grant' and id = any ($2))`,
      [grantIds, grantIds.map(hashOfToken)],
    );
  }
}

function toToken(hash: string, row: TokenRow): LiveToken {
  const { payload } = row;
  return {
    hash,
    clientId: payload.clientId,
    epspId: row.epsp_id,
    scopes: payload.scope?.split(' ') ?? [],
    expiresAtSeconds: payload.exp,
    binding: bindingOf(payload),
    grant: row.grant_id === null ? undefined : toGrant(row, row.grant_id),
    // A token whose grant is gone is dead, whoever forgot to mark it.
    endedCode:
      row.ended_code ??
      row.grant_ended_code ??
      (row.is_of_compromised_key ? 'invalid_token' : undefined) ??
      (payload.grantId && row.grant_id === null ? 'invalid_token' : undefined),
    blockedUntil: row.blocked_until ?? undefined,
  };
}

function bindingOf(payload: TokenRow['payload']): TokenBinding | undefined {
  const { jkt, 'x5t#S256': x5t } = payload;
  if (x5t !== undefined) return { method: 'certificate', thumbprint: x5t };
  return jkt === undefined ? undefined : { method: 'dpop', thumbprint: jkt };
}

const toGrant = (row: TokenRow, grantId: string): ConsentGrant => ({
  grantId,
  kind: row.kind,
  bankCode: row.bank_code,
  clientId: row.payload.clientId,
  chainPartnerId: row.chain_partner_id,
  consentId: row.consent_id ?? undefined,
  transferId: row.transfer_id ?? undefined,
  permissions: row.permissions,
  expiresAt: row.expires_at,
});
