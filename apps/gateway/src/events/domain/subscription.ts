import type { Instant } from '#libs/kernel';

/** `v1a` is an ed25519 signature, `v1` an HMAC with a shared secret (Standard Webhooks 1.0.0). */
export type SignatureScheme = 'v1a' | 'v1';

/** `pending` until the endpoint has answered a signed test; what happens meanwhile waits for it. */
export type SubscriptionState = 'pending' | 'active' | 'disabled';

export const DISABLED_REASONS = [
  'endpoint_gone',
  'endpoint_refused',
  'endpoint_unreachable',
  'verification_failed',
  /** None of its keys opens any more: whoever puts the subscription again gets a new one. */
  'signing_key_lost',
] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** Whose objects a call may see: those of its own software. */
export interface Owner {
  readonly epspId: string;
  readonly clientId: string;
}

/** What an intermediary's software chooses. */
export interface SubscriptionChoice {
  readonly url: string;
  /** Types, groups such as `consent.*`, or `*`; sorted, none twice. */
  readonly eventTypes: readonly string[];
  readonly scheme: SignatureScheme;
}

/** Where and of what one piece of software wants to be told. */
export interface Subscription extends SubscriptionChoice {
  readonly id: `sub_${string}`;
  readonly epspId: string;
  readonly clientId: string;
  readonly state: SubscriptionState;
  readonly disabledReason: DisabledReason | null;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** One key of an endpoint as its owner may see it. */
export interface EndpointKey {
  readonly id: string;
  readonly scheme: SignatureScheme;
  /** `whpk_…`, what verifies; null where the secret is shared. */
  readonly publicKey: string | null;
  readonly since: Instant;
  /** Signs beside its successor until then; null for the one that stays. */
  readonly until: Instant | null;
}

export const SUBSCRIPTIONS_MAX = 20;
/** Of a URL as it is written and in its normal form. */
export const URL_CHARS_MAX = 2048;
/** How long an endpoint's old key signs beside the new one. */
export const KEY_OVERLAP_HOURS = 24;

export const sameChoice = (a: SubscriptionChoice, b: SubscriptionChoice): boolean =>
  a.url === b.url && a.scheme === b.scheme && a.eventTypes.join() === b.eventTypes.join();

/** Each pattern once and in one order, so that the same choice is always the same row. */
export const tidyTypes = (patterns: readonly string[]): readonly string[] =>
  [...new Set(patterns)].sort();
