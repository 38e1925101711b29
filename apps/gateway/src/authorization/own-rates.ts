import { Inject, Injectable } from '@nestjs/common';
import { RateLimits } from '../platform/rates/rate-limits.js';
import type { RateClaim, RateStanding } from '../platform/rates/rate-policy.js';
import { RateClaims } from './rate-claims.js';

/** One quota of an intermediary's, and whose calls it counts. */
export interface OwnRate extends RateStanding {
  /** Of a measure at one institution (RKN-S4c, RKN-C2b); null for a house rule. */
  readonly bankCode: string | null;
}

export interface AskedRates {
  readonly epspId: string;
  readonly bankCodes: readonly string[];
  readonly partnerIds: readonly string[];
}

type Named = Pick<OwnRate, 'bankCode'> & { readonly claim: RateClaim };

/** How much of its quotas an intermediary has left, over all processes of the gateway. Uses nothing up. */
@Injectable()
export class OwnRates {
  constructor(
    @Inject(RateClaims) private readonly claims: RateClaims,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  /** `stale`: what measures have lowered is not known at the moment (T-19). */
  async of(asked: AskedRates): Promise<{ rates: readonly OwnRate[]; links: 'known' | 'stale' }> {
    const own: Named = { bankCode: null, claim: this.claims.ofIntermediary(asked.epspId) };
    const lowered = this.lowered(asked);
    const named = lowered === 'stale' ? [own] : [own, ...lowered];
    const standings = await this.limits.left(named.map(({ claim }) => claim));
    const rates = named.flatMap(({ bankCode }, nth) => {
      const standing = standings[nth];
      return standing ? [{ ...standing, bankCode }] : [];
    });
    return { rates, links: lowered === 'stale' ? 'stale' : 'known' };
  }

  /** Of its own traffic and of each partner's; a rate that several share stands once. */
  private lowered({ epspId, bankCodes, partnerIds }: AskedRates): readonly Named[] | 'stale' {
    const found = new Map<string, Named>();
    for (const bankCode of bankCodes)
      for (const chainPartnerId of ['none', ...partnerIds]) {
        const claims = this.claims.ofLink({ bankCode, epspId, chainPartnerId });
        if (claims === 'stale') return 'stale';
        for (const claim of claims) found.set(claim.id, { bankCode, claim });
      }
    return [...found.values()];
  }
}
