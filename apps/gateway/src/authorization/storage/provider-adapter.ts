import { hash } from 'node:crypto';
import type { Adapter, AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import Provider, { errors } from 'oidc-provider';
import type { ArtifactWriter } from './artifact.writer.js';
import type { OneCommit } from './one-commit.js';

/** A jti that is already stored: the caller answers with whatever its endpoint owes. */
export class AlreadyStored extends Error {
  override readonly name = 'AlreadyStored';
}

export const artifactId = (value: string): string => hash('sha256', value, 'base64url');

interface ArtifactRow {
  payload: AdapterPayload;
  consumed_at: number | null;
}

/** What other rooms own: the registered software, and the end of a grant with all that hangs on it. */
export interface AdapterNeighbours {
  findClient(clientId: string): Promise<AdapterPayload | undefined>;
  endGrant(grantId: string): Promise<unknown>;
  /** The marks of the keys by which the client of this request proved itself (T-09). */
  provenBy(ctx: KoaContextWithOIDC): Promise<readonly string[]>;
}

/** What a stolen key could obtain: these remember who proved itself by what. */
const ISSUED = new Set(['AccessToken', 'ClientCredentials', 'RefreshToken']);

/**
 * What oidc-provider stores, in PostgreSQL, one instance per model. Values are stored by their hash and
 * put back on the way out, so that neither the table nor a backup holds a usable token (T-22). Where the
 * library reads and then writes, the statement itself decides the race: one process wins.
 */
export class ProviderAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly store: OneCommit,
    private readonly writer: ArtifactWriter,
    private readonly neighbours: AdapterNeighbours,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresInSeconds: number): Promise<void> {
    // No sessions: every authorization logs in afresh, at bank-core (T-05).
    if (this.model === 'Session') return;
    const { jti: _value, ...stored } = payload;
    const provenBy = ISSUED.has(this.model) ? await this.provers() : undefined;
    const boundTo = provenBy ? [payload['jkt'], payload['x5t#S256']] : [];
    const written = await this.writer.write({
      model: this.model,
      id: artifactId(id),
      payload: JSON.stringify(stored),
      grantId: payload.grantId,
      uid: payload.uid,
      expiresInSeconds,
      provenBy,
      marks: [...(provenBy ?? []), ...boundTo.filter((mark) => typeof mark === 'string')],
    });
    if (written === 'known') throw new AlreadyStored(this.model);
    // Nothing is issued to a compromised key, or bound to one.
    if (written === 'compromised')
      throw new errors.InvalidGrant('the key was reported as compromised');
    if (this.model === 'AccessToken' && provenBy) await this.takeAlong(provenBy);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    // No text of PostgreSQL carries U+0000: such a name is nobody's (T-32).
    if (id.includes('\u0000')) return undefined;
    if (this.model === 'Client') return this.neighbours.findClient(id);
    // The insert decides about a replay; looking first would only cost a round trip.
    if (this.model === 'ReplayDetection' || this.model === 'Session') return undefined;
    const [row] = await this.store.rows<ArtifactRow>({
      name: 'artifact-find',
      text: `select payload, consumed_at from oidc_artifact
             where model = $1 and id = $2 and ended_code is null
               -- T-09: the key that obtained it, or the one that it is bound to.
               and not exists (select from compromised_key x
                 where (x.mark = any(proven_by)
                     or x.mark in (payload ->> 'jkt', payload ->> 'x5t#S256'))
                   and (x.everywhere or x.client_id = payload ->> 'clientId'))`,
      values: [this.model, artifactId(id)],
    });
    if (!row) return undefined;
    const consumed = row.consumed_at === null ? {} : { consumed: row.consumed_at / 1000 };
    return { ...row.payload, jti: id, ...consumed };
  }

  async findByUid(): Promise<undefined> {
    return undefined;
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  /** Marks as used, once. Whoever comes second gets the error that belongs to the artifact. */
  async consume(id: string): Promise<void> {
    const rows = await this.store.rows({
      text: `update oidc_artifact set consumed_at = clock_timestamp()
             where model = $1 and id = $2 and consumed_at is null returning model`,
      values: [this.model, artifactId(id)],
    });
    if (rows.length === 1) return;
    if (this.model === 'AuthorizationCode') {
      await this.endGrantOf(id);
      throw new errors.InvalidGrant('authorization code already consumed');
    }
    throw new errors.InvalidRequestUri('request_uri was already used');
  }

  /**
   * A grant ends in one commit, with all that was issued on it, and so does the refresh token that is given back:
   * it goes with its grant, and never before it. A process that died between the two would leave a consent that says
   * authorised and that nobody can use, and nothing to tell the bank of (RKN-D6).
   */
  async destroy(id: string): Promise<void> {
    if (this.model === 'Grant') await this.neighbours.endGrant(id);
    if (this.model === 'RefreshToken') await this.endGrantOf(id);
    await this.store.rows({
      text: 'delete from oidc_artifact where model = $1 and id = $2',
      values: [this.model, artifactId(id)],
    });
  }

  /**
   * Nothing: the library asks each model beside the end of the grant, which takes all of it along. Where it keeps the
   * grant, an access token alone was given back, and what else was issued still works (RFC 7009 section 2.1).
   */
  async revokeByGrantId(): Promise<void> {}

  /**
   * A refresh token belongs to the key that used it last: after a rotation it needs the new key, so a later
   * report of the old one does not end the consents of every holder (T-09, users B-1).
   */
  private async takeAlong(provenBy: readonly string[]): Promise<void> {
    const { grant_type: grantType, refresh_token: used } = Provider.ctx?.oidc.params ?? {};
    if (grantType !== 'refresh_token' || typeof used !== 'string') return;
    await this.store.rows({
      name: 'refresh-take-along',
      text: `update oidc_artifact set proven_by = $2
             where model = 'RefreshToken' and id = $1 and proven_by is distinct from $2`,
      values: [artifactId(used), provenBy],
    });
  }

  /** The keys that obtain what is being issued. */
  private async provers(): Promise<readonly string[]> {
    const ctx = Provider.ctx;
    return ctx ? this.neighbours.provenBy(ctx) : [];
  }

  /** Whatever was issued on the grant of this artifact is dead with it (RFC 6749 4.1.2, RFC 7009 2.1). */
  private async endGrantOf(id: string): Promise<void> {
    const [artifact] = await this.store.rows<{ grant_id: string | null }>({
      text: 'select grant_id from oidc_artifact where model = $1 and id = $2',
      values: [this.model, artifactId(id)],
    });
    if (artifact?.grant_id) await this.neighbours.endGrant(artifact.grant_id);
  }
}
