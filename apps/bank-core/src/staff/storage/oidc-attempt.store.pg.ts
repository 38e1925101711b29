import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database } from '#libs/platform';

/** What has to come back from the issuer unchanged (OpenID Connect Core 3.1.2, RFC 7636). */
export interface OidcAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

@Injectable()
export class OidcAttemptStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async keep(secret: string, attempt: OidcAttempt, endsAt: Instant): Promise<void> {
    await this.database.pool.query(
      `with over as (delete from federation.staff_oidc_attempt where ends_at < renkei_now())
       insert into federation.staff_oidc_attempt (secret_hash, state, nonce, verifier, ends_at)
       values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))`,
      [hashOf(secret), attempt.state, attempt.nonce, attempt.verifier, endsAt],
    );
  }

  /** Takes it out: a second return finds nothing. */
  async take(secret: string): Promise<OidcAttempt | undefined> {
    const { rows } = await this.database.pool.query<OidcAttempt>(
      `delete from federation.staff_oidc_attempt where secret_hash = $1 and ends_at > renkei_now()
       returning state, nonce, verifier`,
      [hashOf(secret)],
    );
    return rows[0];
  }
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
