import { Inject, Injectable } from '@nestjs/common';
import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { accepted, hashOf, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import { Database, isBoundedJson } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import { judgeKey, type SentKey } from './domain/judge-keys.js';
import { isLive, type KeyRecord } from './domain/registration.js';
import type { RegistrationRefusal } from './domain/registration.refusals.js';
import { inspectKey } from './registered-key.js';
import { RegistrationLog } from './storage/registration-log.store.pg.js';

/** A request that is to be proven, as it arrived. */
export interface ProvenRequest {
  readonly proof: string | undefined;
  readonly method: string;
  readonly path: string;
  /** The parsed body; undefined where there is none. */
  readonly body: unknown;
  readonly interactionId: string;
}

/** Whose keys may prove it, and in whose name they have to. */
export interface Prover {
  /** `iss` and `sub` of the proof: the client id, or the software id where that one is lost. */
  readonly subject: string;
  readonly keys: readonly KeyRecord[];
  /** For a report: a key that is over may still say that it was stolen. */
  readonly mayBeOver?: boolean;
  /** Whose record tells of an attempt that failed: somebody may hold the registration token. */
  readonly clientId?: string;
}

export type ProofVerdict = Result<{ readonly kid: string }, Refusal<RegistrationRefusal>>;

const TYPE = 'key-proof+jwt';
const ALGORITHMS = ['ES256', 'PS256'];
const CHARS_MAX = 8 * 1024;
const SECONDS_MAX = 300;
const SKEW_SECONDS = 10;

/**
 * `Key-Proof`: a JWT by a registered key over one request, so that a stolen registration token alone
 * changes nothing (T-12). It names method and address like a DPoP proof (RFC 9449 section 4.2) and the
 * content by the SHA-256 of its canonical JSON (RFC 8785).
 */
@Injectable()
export class KeyProof {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(Database) private readonly database: Database,
    @Inject(RegistrationLog) private readonly log: RegistrationLog,
  ) {}

  /** The key that proved the request. A proof is good once. */
  async judge(request: ProvenRequest, prover: Prover): Promise<ProofVerdict> {
    const verdict = await this.verdictOf(request, prover);
    if (!verdict.ok && prover.clientId !== undefined)
      await this.database.transaction((tx) =>
        this.log.record(tx, {
          clientId: prover.clientId,
          act: 'proof_refused',
          actor: 'registration_token',
          interactionId: request.interactionId,
          facts: { code: verdict.refusal.code, method: request.method, path: request.path },
        }),
      );
    return verdict;
  }

  private async verdictOf(request: ProvenRequest, prover: Prover): Promise<ProofVerdict> {
    const { proof } = request;
    if (proof === undefined) return refused('key_proof_required');
    const key = this.keyFor(proof, prover);
    const claims = key && (await verified(proof, key));
    if (!key || !claims || !this.fits(claims, request, prover.subject))
      return refused('key_proof_invalid');
    const isNew = await this.database.transaction((tx) =>
      this.log.useOnce(tx, {
        issuer: key.thumbprint,
        jti: String(claims['jti']),
        clientId: undefined,
        expiresAt: (this.clock.seconds() + 2 * SECONDS_MAX) * 1000,
      }),
    );
    return isNew ? accepted({ kid: key.kid }) : refused('key_proof_used');
  }

  private keyFor(proof: string, { keys, mayBeOver }: Prover): KeyRecord | undefined {
    const { typ, kid } = headerOf(proof);
    if (typ !== TYPE) return undefined;
    const now = this.clock.read();
    return keys.find((key) => key.kid === kid && (mayBeOver || isLive(key, now)));
  }

  private fits(claims: Claims, request: ProvenRequest, subject: string): boolean {
    const { iss, sub, aud, htm, htu, iat, jti, content } = claims;
    const now = this.clock.seconds();
    const isFresh =
      Number.isSafeInteger(iat) &&
      Number(iat) <= now + SKEW_SECONDS &&
      Number(iat) > now - SECONDS_MAX;
    return (
      iss === subject &&
      sub === subject &&
      aud === this.config.publicOrigin &&
      htm === request.method &&
      htu === `${this.config.publicOrigin}${request.path}` &&
      isFresh &&
      typeof jti === 'string' &&
      jti.length >= 8 &&
      jti.length <= 200 &&
      content === (request.body === undefined ? undefined : hashOf(request.body))
    );
  }
}

/** The key that a proof carries in its header, where its thumbprint is the one that was named. */
export function keyInProof(
  proof: string | undefined,
  thumbprint: string,
  now: Instant,
): KeyRecord | undefined {
  const { jwk } = headerOf(proof ?? '');
  // The proof shows that somebody holds the key, and nothing about a certificate that came along.
  const { x5c: _certificate, ...shown } = { ...(jwk as SentKey | undefined) };
  const named = { ...shown, kid: thumbprint };
  if (!jwk || judgeKey(named, 'jwk').length > 0) return undefined;
  const { key } = inspectKey(named, 'jwk', 'sign', now);
  if (key?.thumbprint !== thumbprint) return undefined;
  return { ...key, recordedAt: now, isCompromised: false };
}

function headerOf(proof: string): { typ?: unknown; kid?: unknown; jwk?: unknown } {
  if (proof.length > CHARS_MAX) return {};
  try {
    return decodeProtectedHeader(proof);
  } catch {
    return {};
  }
}

type Claims = Readonly<Record<string, unknown>>;

async function verified(proof: string, key: KeyRecord): Promise<Claims | undefined> {
  try {
    const { alg } = key.jwk as { alg?: string };
    const algorithms = ALGORITHMS.filter((known) => alg === undefined || known === alg);
    const imported = await importJWK(key.jwk as JWK, alg ?? algorithmOf(key));
    const { payload } = await compactVerify(proof, imported, { algorithms });
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
    return isBoundedJson(claims) && typeof claims === 'object' ? (claims as Claims) : undefined;
  } catch {
    return undefined;
  }
}

const algorithmOf = ({ jwk }: KeyRecord): string => (jwk['kty'] === 'EC' ? 'ES256' : 'PS256');
