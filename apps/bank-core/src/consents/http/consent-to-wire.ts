import { instantToWire } from '#libs/kernel';
import type { ConsentAccount, ConsentVersion, ConsentView } from '../domain/consent-views.js';
import { shownReason } from '../domain/shown-reason.js';
import type { ConsentAccountDto, ConsentDto, ConsentVersionDto } from './consent.dto.js';

const orNull = (instant: number | undefined): string | null =>
  instant === undefined ? null : instantToWire(instant);

export const consentToWire = (view: ConsentView): ConsentDto => ({
  consentId: view.id,
  state: view.state,
  reason: shownReason(view.stateReason, view.stateActor),
  version: view.version,
  chainPartnerId: view.chainPartnerId,
  permissions: [...view.permissions],
  purpose: view.purpose,
  termDays: view.termDays ?? null,
  askedAt: instantToWire(view.askedAt),
  grantedAt: orNull(view.grantedAt),
  expiresAt: orNull(view.expiresAt),
  changedAt: instantToWire(view.changedAt),
});

export const versionToWire = (version: ConsentVersion): ConsentVersionDto => ({
  version: version.version,
  change: version.change,
  state: version.state,
  reason: shownReason(version.reason, version.actor),
  happenedAt: instantToWire(version.at),
  expiresAt: orNull(version.expiresAt),
  accountIds: [...version.accountIds],
});

/** What the holder chose is the holder's; why an account cannot be read is nobody's business (T-29). */
export const accountToWire = (account: ConsentAccount): ConsentAccountDto => ({
  accountId: account.accountId,
  status: account.status,
  reason: shownReason(account.reason, account.status === 'unavailable' ? 'institution' : 'holder'),
  changedAt: instantToWire(account.changedAt),
});
