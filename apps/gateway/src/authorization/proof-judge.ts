import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import type { BindingFacts } from './domain/access.js';
import { verifyProof, type Proof } from './dpop-proof.js';
import { ResourceNonce } from './resource-nonce.js';
import { ProofStore } from './storage/proof.store.pg.js';

/** The call that a proof was made for. */
export interface ProvenCall {
  readonly method: string;
  /** Where it arrived, as this server knows itself (T-11). */
  readonly origin: string;
  /** Path without query, as sent. */
  readonly path: string;
  /** Every DPoP header that was sent; more than one proves nothing. */
  readonly proofs: readonly string[];
}

/** A nonce that is not good may be of a life that this process has not heard of; asked this often. */
const ASK_AGAIN_MS = 1_000;

/** Judges the proof of possession of one call (RFC 9449 section 4.3), its freshness last. */
@Injectable()
export class ProofJudge {
  private readonly nonces: ResourceNonce;
  private life: string | undefined;
  private askedAt = -Infinity;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(ProofStore) private readonly store: ProofStore,
  ) {
    this.nonces = new ResourceNonce(config.secrets.resourceNonceKey);
  }

  /** The nonce to hand out, unless the store has never answered yet. */
  nonce(): string | undefined {
    return this.life && this.nonces.current(this.clock.seconds(), this.life);
  }

  async judge(call: ProvenCall, tokenHash: string, thumbprint: string): Promise<BindingFacts> {
    const [header] = call.proofs;
    if (header === undefined || call.proofs.length > 1) return 'proof_invalid';
    const proof = verifyProof(header, {
      method: call.method,
      url: `${call.origin}${call.path}`,
      tokenHash,
    });
    if (!proof) return 'proof_invalid';
    if (proof.keyThumbprint !== thumbprint) return 'key_differs';
    try {
      if (!(await this.isNonceGood(proof.nonce))) return 'nonce_wanted';
      return await this.use(proof);
    } catch {
      return 'store_silent';
    }
  }

  private async isNonceGood(nonce: string | undefined): Promise<boolean> {
    this.life ??= await this.store.readLife();
    if (!nonce) return false;
    if (this.nonces.isGood(nonce, this.clock.seconds(), this.life)) return true;
    const now = this.clock.monotonic();
    if (now - this.askedAt < ASK_AGAIN_MS) return false;
    this.askedAt = now;
    this.life = await this.store.readLife();
    return this.nonces.isGood(nonce, this.clock.seconds(), this.life);
  }

  /**
   * Last of all, so that nobody without key and token can use up a jti (T-10). A memory of another life
   * does not know what was used before: proofs made in an earlier one are refused, new nonce included.
   */
  private async use({ keyThumbprint, jti }: Proof): Promise<BindingFacts> {
    const { isNew, life } = await this.store.useOnce(keyThumbprint, jti);
    const isSameLife = life === this.life;
    this.life = life;
    if (!isSameLife) return 'nonce_wanted';
    return isNew ? 'proven' : 'proof_replayed';
  }
}
