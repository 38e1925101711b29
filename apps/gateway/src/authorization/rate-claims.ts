import { Inject, Injectable } from '@nestjs/common';
import { LinkWatch, type CustomerClaim, type LinkParty } from '../bank/index.js';
import type { LiveToken } from '../grants/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import {
  DAY_SECONDS,
  JAPAN_OFFSET_SECONDS,
  type RateClaim,
  type RatePolicy,
} from '../platform/rates/rate-policy.js';
import { SealedCursor } from '../platform/sealed-cursor.js';
import type { AccessOperation } from './domain/access.js';

export interface CountedCall {
  /** What is asked for: the route's template and its parameters, decoded. Spelling makes no second resource. */
  readonly resource: string;
  readonly customer: CustomerClaim;
  /** The cursor as it was sent, if one was. */
  readonly cursor: string | undefined;
}

/** What one call uses. */
export interface CallClaims {
  readonly always: readonly RateClaim[];
  /** A unit of the day, where nobody waits. */
  readonly unattended?: RateClaim;
  /** Stands for that unit where nobody has used it before: a further page of what was counted (users.md A 36). */
  readonly page?: RateClaim;
}

/** Whose calls a lowered rate counts, as `RateLimit-Policy` names it. */
const LINK_POLICIES: Readonly<Record<string, string>> = {
  '*': 'link',
  none: 'link-direct',
  chained: 'link-chained',
};

/**
 * Which quotas one call of the API uses: its intermediary's, its consent's, and the day's when nobody waits; and where
 * a measure has lowered the rate of its link, what that leaves.
 */
@Injectable()
export class RateClaims {
  private readonly intermediary: RatePolicy;
  private readonly consent: RatePolicy;
  private readonly unattended: RatePolicy;
  private readonly refusals: RatePolicy;
  private readonly cursors: SealedCursor;

  constructor(
    @Inject(GATEWAY_CONFIG) { rates, secrets }: GatewayConfig,
    @Inject(LinkWatch) private readonly links: LinkWatch,
  ) {
    const ofAll = rates.intermediaryPerMinute;
    this.intermediary = { name: 'intermediary', quota: ofAll, windowSeconds: 60 };
    this.consent = { name: 'consent', quota: rates.consentPerMinute, windowSeconds: 60 };
    this.unattended = {
      name: 'unattended',
      quota: rates.unattendedPerDay,
      windowSeconds: DAY_SECONDS,
      offsetSeconds: JAPAN_OFFSET_SECONDS,
    };
    const refusals = rates.refusalsPerMinute;
    this.refusals = { name: 'address-refused', quota: refusals, windowSeconds: 60 };
    this.cursors = new SealedCursor(secrets.cursorKey);
  }

  /** What every call uses, whatever it calls: further software is no further quota. */
  ofIntermediary(epspId: string): RateClaim {
    return { policy: this.intermediary, id: epspId };
  }

  /** What a call uses whose caller has not proven who it is; good calls from there use nothing of it (T-31). */
  ofRefused(address: string): RateClaim {
    return { policy: this.refusals, id: address };
  }

  of(call: CountedCall, token: LiveToken, operation: AccessOperation): CallClaims {
    const ofAll = this.ofIntermediary(token.epspId);
    const consentId = token.grant?.consentId;
    if (consentId === undefined) return { always: [ofAll] };
    // With the client's own name before it: nobody uses up what another was granted.
    const id = `${token.clientId} ${consentId}`;
    const always = [ofAll, { policy: this.consent, id }];
    const isPresent = call.customer.address !== undefined;
    if (operation.kind !== 'read' || isPresent) return { always };
    const unattended = { policy: this.unattended, id: `${id} ${call.resource}` };
    const page = operation.isPaged ? this.pageOf(call.cursor, consentId) : undefined;
    return { always, unattended, ...(page ? { page } : {}) };
  }

  /**
   * The first use of a cursor that an unattended read of this consent handed out. Every such read was either counted or
   * used up a cursor, so that there are never more of them unused than reads that were counted.
   */
  private pageOf(cursor: string | undefined, consentId: string): RateClaim | undefined {
    const origin = cursor === undefined ? undefined : this.cursors.open(cursor)?.origin;
    if (origin?.countedFor !== consentId) return undefined;
    // One window holds the whole life of the cursor, and a day before it: clocks may differ between processes.
    const windowSeconds = 2 * DAY_SECONDS;
    const madeAt = Math.ceil(origin.madeAt / 1000);
    const offsetSeconds = DAY_SECONDS - (madeAt % windowSeconds);
    const policy = { name: 'page', quota: 1, windowSeconds, offsetSeconds };
    return { policy, id: String(cursor) };
  }

  /**
   * One claim for each lowered rate that touches this traffic, shared by all of the intermediary's software and all
   * nodes (RKN-S4c, RKN-C2b, INT-17). `stale`: what was lowered is not known at the moment (T-19).
   */
  ofLink(party: Omit<LinkParty, 'fn'>): readonly RateClaim[] | 'stale' {
    const lowered = this.links.ratesFor(party);
    if (lowered === 'stale') return 'stale';
    return lowered.map(({ epspId, chainPartnerId, callsPerMinuteMax, clause }) => {
      const quota = callsPerMinuteMax ?? 0;
      const name = LINK_POLICIES[chainPartnerId] ?? 'link-partner';
      const policy = { name, quota, windowSeconds: 60, ...(clause === null ? {} : { clause }) };
      // Another number is another count: what was used under a milder measure is forgiven.
      return { policy, id: `${party.bankCode} ${epspId} ${chainPartnerId} ${quota}` };
    });
  }
}
