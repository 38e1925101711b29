import type { Instant } from '#libs/kernel';
import type { ClientChoices } from '../client.js';
import { isLive, type KeyRecord, type Registration } from './registration.js';

/** A key that an approved change adds. */
export interface AddedKey {
  readonly kid: string;
  readonly purpose: 'sign' | 'tls';
  readonly thumbprint: string;
  readonly certificateThumbprint?: string;
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly goodUntil?: Instant;
}

/** A key whose end the change sets: an instant, or the moment of the approval. */
export interface EndedKey {
  readonly kid: string;
  readonly endsAt: Instant | 'approval';
}

/** What a change would make of a registration. Its hash is what two people agree to (T-17). */
export interface ChangeContent {
  readonly clientId: string;
  readonly epspId: string;
  readonly redirectUris?: readonly string[];
  readonly metadata?: ClientChoices;
  readonly clientName?: string;
  readonly contacts?: readonly string[];
  readonly addKeys?: readonly AddedKey[];
  readonly endKeys?: readonly EndedKey[];
}

export type ChangeState = 'pending' | 'approved' | 'rejected' | 'expired';

/** A change that was asked for, and what became of it. */
export interface RegistrationChange {
  readonly changeId: string;
  readonly clientId: string;
  readonly content: ChangeContent;
  readonly contentHash: string;
  readonly askedAt: Instant;
  readonly state: ChangeState;
  readonly decidedAt: Instant | undefined;
}

/** A wish that nobody decided in this time is over; the intermediary asks again. */
export const CHANGE_DAYS = 30;

/**
 * Whether a key stands in the JWK set of the registration. A certificate for TLS does where it authenticates by itself
 * (RFC 8705 section 2.2); elsewhere it stays unless it is taken away by name.
 */
export const isOfSet = ({ purpose }: Pick<KeyRecord, 'purpose'>, choices: ClientChoices): boolean =>
  purpose === 'sign' || choices.token_endpoint_auth_method === 'self_signed_tls_client_auth';

/** What differs between a registration and what an update asks for; empty where nothing does. */
export function differenceOf(
  registered: Registration,
  wished: {
    readonly redirectUris: readonly string[];
    readonly metadata: ClientChoices;
    readonly keys: readonly AddedKey[];
  },
  now: Instant,
): Omit<ChangeContent, 'clientId' | 'epspId' | 'clientName' | 'contacts'> {
  const known = new Map(registered.keys.map((key) => [key.kid, key]));
  const addKeys = wished.keys.filter((key) => known.get(key.kid)?.thumbprint !== key.thumbprint);
  const wanted = new Set(wished.keys.map(({ kid }) => kid));
  // Whatever stands in the set before or after: certificates that stay would begin to authenticate by themselves.
  const endKeys = registered.keys
    .filter((key) => isOfSet(key, registered.metadata) || isOfSet(key, wished.metadata))
    .filter((key) => !wanted.has(key.kid) && isLive(key, now))
    .map(({ kid }) => ({ kid, endsAt: 'approval' as const }));
  return {
    ...(isSameSet(registered.redirectUris, wished.redirectUris)
      ? {}
      : { redirectUris: wished.redirectUris }),
    ...(isSameChoice(registered.metadata, wished.metadata) ? {} : { metadata: wished.metadata }),
    ...(addKeys.length > 0 ? { addKeys } : {}),
    ...(endKeys.length > 0 ? { endKeys } : {}),
  };
}

export const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));

export const isSameChoice = (a: ClientChoices, b: ClientChoices): boolean => {
  const members = (choices: ClientChoices) =>
    JSON.stringify(
      Object.entries(choices)
        .filter(([, value]) => value !== undefined)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  return members(a) === members(b);
};
