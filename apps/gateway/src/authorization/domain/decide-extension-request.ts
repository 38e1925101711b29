import { CivilDate, type Instant, type Refusal } from '#libs/kernel';
import type { ConsentView } from '../../bank/index.js';
import type { ConsentExtensionDetail } from './authorization-detail.js';

/**
 * May the holder be asked to let this consent go on? Only what is alive, by the parties who hold it, and only for
 * longer. Refuses with `not_found` (asked for through another partner, or never given), `consent_expired`,
 * `consent_revoked`, `holder_unavailable` (frozen; nothing is told of why, T-29), `term_not_longer`.
 */
export function decideExtensionRequest(
  consent: Pick<ConsentView, 'state' | 'expiresAt' | 'chainPartnerId'>,
  detail: Pick<ConsentExtensionDetail, 'chain_partner' | 'term_days'>,
  now: Instant,
): Refusal<Code> | undefined {
  // The tag was fixed at the approval: an extension can neither drop nor borrow a partner (T-14).
  if (consent.chainPartnerId !== detail.chain_partner) return { code: 'not_found' };
  if (consent.state === 'expired') return { code: 'consent_expired' };
  if (consent.state === 'frozen') return { code: 'holder_unavailable' };
  if (consent.state === 'awaiting_authorisation' || consent.expiresAt === null)
    return { code: 'not_found' };
  if (consent.state !== 'authorised') return { code: 'consent_revoked' };
  const present = Date.parse(consent.expiresAt);
  if (present <= now) return { code: 'consent_expired' };
  const asked = CivilDate.inTokyo(now)
    .plusDays(detail.term_days + 1)
    .startsAt();
  return asked > present ? undefined : { code: 'term_not_longer' };
}

type Code =
  'not_found' | 'consent_expired' | 'consent_revoked' | 'holder_unavailable' | 'term_not_longer';
