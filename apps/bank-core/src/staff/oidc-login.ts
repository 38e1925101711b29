import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  customFetch,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
  type CustomFetch,
} from 'openid-client';
import { Agent, fetch as fetchThrough } from 'undici';
import { accepted, refused, type Clock, type Refusal, type Result } from '#libs/kernel';
import { BANK_CONFIG, type BankConfig, type StaffIssuerConfig } from '../platform/config.js';
import { CLOCK } from '../platform/platform.module.js';
import type { StaffRefusal } from './domain/staff.refusals.js';
import { StaffService, type OpenedSession } from './staff.service.js';
import { OidcAttemptStore } from './storage/oidc-attempt.store.pg.js';
import { StaffStore } from './storage/staff.store.pg.js';

const ATTEMPT_MS = 10 * 60 * 1000;
const CONNECT_MS_MAX = 10_000;
export const OIDC_RETURN = '/staff/v1/oidc/return';

/** Officers who log in at the bank's own issuer: code flow with PKCE, and the second factor that `acr` tells of. */
@Injectable()
export class OidcLogin {
  private readonly log = new Logger(OidcLogin.name);
  private client: Promise<Configuration> | undefined;

  constructor(
    @Inject(BANK_CONFIG) private readonly config: BankConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(OidcAttemptStore) private readonly attempts: OidcAttemptStore,
    @Inject(StaffStore) private readonly store: StaffStore,
    @Inject(StaffService) private readonly staff: StaffService,
  ) {}

  /** Where to send the browser, and the secret that it has to bring back in its cookie. */
  async begin(): Promise<Result<{ url: URL; secret: string }, Refusal<StaffRefusal>>> {
    const issuer = this.config.staffIssuer;
    if (!issuer) return refused('staff_issuer_not_used');
    const client = await this.clientOf(issuer);
    if (!client) return refused('staff_issuer_unavailable', { facts: { retryAfterSeconds: 10 } });
    const attempt = {
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
    };
    const secret = randomBytes(32).toString('base64url');
    await this.attempts.keep(secret, attempt, (await this.clock.now()) + ATTEMPT_MS);
    const url = buildAuthorizationUrl(client, {
      redirect_uri: `${this.config.consoleOrigin}${OIDC_RETURN}`,
      scope: 'openid',
      acr_values: issuer.acr,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return accepted({ url, secret });
  }

  /** The way back: `pathAndQuery` as it arrived. Whatever is wrong is one refusal. */
  async finish(
    pathAndQuery: string,
    secret: string | undefined,
  ): Promise<Result<OpenedSession, Refusal<StaffRefusal>>> {
    const issuer = this.config.staffIssuer;
    if (!issuer) return refused('staff_issuer_not_used');
    const attempt = secret === undefined ? undefined : await this.attempts.take(secret);
    if (!attempt) return refused('staff_login_failed');
    const client = await this.clientOf(issuer);
    if (!client) return refused('staff_issuer_unavailable', { facts: { retryAfterSeconds: 10 } });
    try {
      const tokens = await authorizationCodeGrant(
        client,
        new URL(pathAndQuery, this.config.consoleOrigin),
        {
          pkceCodeVerifier: attempt.verifier,
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          idTokenExpected: true,
        },
      );
      const claims = tokens.claims();
      if (!claims || claims['acr'] !== issuer.acr) return refused('staff_login_failed');
      const member = await this.store.memberOfSubject(claims.iss, claims.sub);
      return member ? accepted(await this.staff.openFor(member)) : refused('staff_login_failed');
    } catch (error) {
      this.log.warn(`the issuer's answer was refused: ${codeOf(error)}`);
      return refused('staff_login_failed');
    }
  }

  /** Metadata are read once; a failure is forgotten, so that the next officer tries again. */
  private clientOf(issuer: StaffIssuerConfig): Promise<Configuration | undefined> {
    const { url, clientId, clientSecret, ca } = issuer;
    const connect = { timeout: CONNECT_MS_MAX, ...(ca === undefined ? {} : { ca }) };
    const dispatcher = new Agent({ connect });
    const through = ((target: string, options: object) =>
      fetchThrough(target, { ...options, dispatcher })) as unknown as CustomFetch;
    this.client ??= discovery(new URL(url), clientId, undefined, ClientSecretPost(clientSecret), {
      [customFetch]: through,
    });
    return this.client.catch((error: unknown) => {
      this.client = undefined;
      this.log.warn(`the issuer cannot be read: ${codeOf(error)}`);
      return undefined;
    });
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
