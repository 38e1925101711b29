import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import type { LiveToken } from '../grants/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import {
  DAY_SECONDS,
  JAPAN_OFFSET_SECONDS,
  type RateClaim,
  type RatePolicy,
} from '../platform/rates/rate-policy.js';
import type { AccessOperation } from './domain/access.js';

export interface CountedCall {
  readonly path: string;
  readonly customerAddress: string | undefined;
  readonly isContinuation: boolean;
}

/** Which quotas one call of the API uses: its client's, its consent's, and the day's when nobody waits. */
@Injectable()
export class RateClaims {
  private readonly client: RatePolicy;
  private readonly consent: RatePolicy;
  private readonly unattended: RatePolicy;

  constructor(@Inject(GATEWAY_CONFIG) { rates }: GatewayConfig) {
    this.client = { name: 'client', quota: rates.clientPerMinute, windowSeconds: 60 };
    this.consent = { name: 'consent', quota: rates.consentPerMinute, windowSeconds: 60 };
    this.unattended = {
      name: 'unattended',
      quota: rates.unattendedPerDay,
      windowSeconds: DAY_SECONDS,
      offsetSeconds: JAPAN_OFFSET_SECONDS,
    };
  }

  of(call: CountedCall, token: LiveToken, operation: AccessOperation): readonly RateClaim[] {
    const claims: RateClaim[] = [{ policy: this.client, id: token.clientId }];
    const consentId = token.grant?.consentId;
    if (consentId === undefined) return claims;
    // With the client's own name before it: nobody uses up what another was granted.
    const id = `${token.clientId} ${consentId}`;
    claims.push({ policy: this.consent, id });
    const isPresent = isIP(call.customerAddress ?? '') !== 0;
    if (operation.kind === 'read' && !isPresent && !call.isContinuation)
      claims.push({ policy: this.unattended, id: `${id} ${call.path}` });
    return claims;
  }
}
