import type { Instant } from '#libs/kernel';
import type { ClientChoices } from '../client.js';
import type { SentKey } from './judge-keys.js';

/** A key as it stands in a registration, alive or over. */
export interface KeyRecord {
  readonly kid: string;
  readonly purpose: 'sign' | 'tls';
  readonly thumbprint: string;
  readonly certificateThumbprint: string | undefined;
  readonly jwk: SentKey;
  readonly goodUntil: Instant | undefined;
  readonly recordedAt: Instant;
  readonly isCompromised: boolean;
}

/** One piece of software with everything that was registered about it. */
export interface Registration {
  readonly clientId: string;
  readonly epspId: string;
  /** By the bank, and now: it reads and asks, and stays. */
  readonly isBlocked: boolean;
  readonly statementIssuer: string | undefined;
  readonly softwareId: string | undefined;
  readonly softwareVersion: string | undefined;
  readonly clientName: string | undefined;
  readonly contacts: readonly string[];
  readonly redirectUris: readonly string[];
  readonly metadata: ClientChoices;
  readonly recordedAt: Instant;
  readonly keys: readonly KeyRecord[];
}

export type KeyStanding = 'good' | 'expiring' | 'over' | 'compromised';

const DAY_MS = 86_400_000;
/** Whoever holds a key or certificate is warned this long before its end (users.md A 26). */
export const WARNING_DAYS = 30;

export const isLive = (
  key: Pick<KeyRecord, 'goodUntil' | 'isCompromised'>,
  now: Instant,
): boolean => !key.isCompromised && (key.goodUntil === undefined || now < key.goodUntil);

/** How a key stands at `now`; the warning begins thirty days before the end. */
export function standingOf(
  key: Pick<KeyRecord, 'goodUntil' | 'isCompromised'>,
  now: Instant,
): KeyStanding {
  if (key.isCompromised) return 'compromised';
  if (key.goodUntil === undefined) return 'good';
  if (key.goodUntil <= now) return 'over';
  return key.goodUntil - now <= WARNING_DAYS * DAY_MS ? 'expiring' : 'good';
}

/** True where `other` can be left out without leaving the software unable to authenticate. */
export const canSpare = (keys: readonly KeyRecord[], other: KeyRecord, now: Instant): boolean =>
  keys.some((key) => key.kid !== other.kid && key.purpose === other.purpose && isLive(key, now)) ||
  !isLive(other, now) ||
  (other.purpose === 'tls' && keys.some((key) => key.purpose === 'sign' && isLive(key, now)));
