import { beginConsent, stepConsent, type ConsentState } from '#libs/contracts';
import { accepted, assert, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { Consent } from './consent.js';
import type { ExtensionRefusal } from '../consent.refusals.js';

/**
 * May a consent go on until `expiresAt` on the same terms? The machine of libs/contracts answers: only while it is
 * authorised and within its term, and only for longer. Refuses with `consent_expired`, `consent_revoked`,
 * `holder_unavailable` (frozen: nothing is told of why, T-29) or `term_not_longer`. Source: RKN-S1.
 */
export function decideExtension(
  consent: Consent,
  expiresAt: Instant,
  now: Instant,
): Result<void, Refusal<ExtensionRefusal>> {
  if (consent.state === 'expired' || consent.expiresAt <= now)
    return refused('consent_expired', { clause: 'RKN-S1' });
  if (consent.state === 'frozen') return refused('holder_unavailable', { clause: 'RKN-D6' });
  if (consent.state !== 'authorised') return refused('consent_revoked', { clause: 'RKN-S1' });
  const step = stepConsent(
    asItStands(consent),
    { type: 'extended', id: 'extended', happenedAt: now, actor: 'holder', expiresAt },
    now,
  );
  if (step.ok) return accepted(undefined);
  return refused('term_not_longer', { clause: 'RKN-S1' });
}

/** The machine's state of a consent that was given, told again from what is kept. */
function asItStands(consent: Consent): ConsentState {
  const { askedAt, decideBy, grantedAt, expiresAt, wordingHash } = consent;
  const asked = stepConsent(
    beginConsent('standing', askedAt),
    { type: 'pushed', id: 'asked', happenedAt: askedAt, decideBy },
    askedAt,
  );
  assert(asked.ok, 'A kept consent was asked for.');
  const given = stepConsent(
    asked.value.state,
    {
      type: 'authorised',
      id: 'agreed',
      happenedAt: grantedAt,
      wordingHash,
      accounts: ['kept'],
      expiresAt,
      linkAllowsNew: true,
    },
    grantedAt,
  );
  assert(given.ok, 'A kept consent was given in time.');
  return given.value.state;
}
