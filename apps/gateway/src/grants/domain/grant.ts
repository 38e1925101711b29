import type { Instant } from '#libs/kernel';

/** What a grant of oidc-provider points at. */
export interface ConsentGrant {
  readonly grantId: string;
  readonly kind: 'account_information' | 'transfer_initiation';
  readonly bankCode: string;
  readonly clientId: string;
  /** Fixed at approval and immutable: `none` or a chain partner (RKN-D1, T-14). */
  readonly chainPartnerId: string;
  readonly consentId: string | undefined;
  readonly transferId: string | undefined;
  readonly permissions: readonly string[];
  readonly expiresAt: Instant;
}

export type EndCode = 'consent_revoked' | 'consent_expired' | 'customer_left' | 'invalid_token';

/** RFC 7638 thumbprint of a DPoP key, or `x5t#S256` of a client certificate (RFC 8705 section 3.1). */
export interface TokenBinding {
  readonly method: 'dpop' | 'certificate';
  readonly thumbprint: string;
}

/** An access token as its call is judged: whose it is, what it is bound to, what it points at. */
export interface LiveToken {
  readonly hash: string;
  readonly clientId: string;
  readonly epspId: string;
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly expiresAtSeconds: number;
  /** What has to be proven on every call; a token that is bound to nothing serves nobody. */
  readonly binding: TokenBinding | undefined;
  /** Absent for a token without a user (client credentials). */
  readonly grant: ConsentGrant | undefined;
  readonly endedCode: EndCode | undefined;
  /** Until when the bank blocks the software that holds it (users.md A.3). */
  readonly blockedUntil: Instant | undefined;
}

/** Which end of a consent, as bank-core's feed names it, kills a token and what its caller is told. */
export function endCodeOf(state: string, reason: string | null): EndCode | undefined {
  if (state === 'expired') return 'consent_expired';
  if (state === 'revoked') return reason === 'customer_left' ? 'customer_left' : 'consent_revoked';
  if (state === 'rejected') return 'consent_revoked';
  // Frozen is judged by bank-core on every call and may be lifted; consumed leaves the state readable.
  return undefined;
}
