import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { ServiceState } from '../../holders/index.js';
import type { LinkStop } from '../../links/index.js';
import type { Consent, ConsentedCall } from './consent.js';
import type { ConsentEnd, ConsentRefusal, TrafficRefusal } from '../consent.refusals.js';

/** What was read about the traffic, before any consent. */
export interface TrafficFacts {
  readonly covered: boolean;
  readonly stop: LinkStop | undefined;
  readonly partner: Result<unknown, Refusal<TrafficRefusal>>;
  /** Stopped at the request of this institution; for the others it may go on (INT-22). */
  readonly partnerIsStopped: boolean;
  readonly offered: boolean;
}

/**
 * May this traffic pass at all? First refusal wins: `institution_not_covered`, `linkage_…`,
 * `chain_partner_…`, `function_not_offered`. Source: RKN-0.2, RKN-S4c, RKN-C1a, RKN-C2b, RKN-D4.
 */
export function decideTraffic(facts: TrafficFacts): Result<void, Refusal<TrafficRefusal>> {
  if (!facts.covered) return refused('institution_not_covered', { clause: 'RKN-0.2' });
  if (facts.stop) return stopped(facts.stop);
  if (!facts.partner.ok) return facts.partner;
  if (facts.partnerIsStopped) return refused('chain_partner_stopped', { clause: 'RKN-C2b' });
  if (!facts.offered) return refused('function_not_offered', { clause: 'RKN-D4' });
  return accepted(undefined);
}

const stopped = ({ state, clause, function: fn, chainPartnerId }: LinkStop) =>
  refused(`linkage_${state}` as const, { clause, facts: { function: fn, chainPartnerId } });

/** May a new consent be asked for and given? Refuses with `linkage_…`. Source: RKN-S4c, INT-17. */
export const decideNewConsent = (
  stop: LinkStop | undefined,
): Result<void, Refusal<TrafficRefusal>> => (stop ? stopped(stop) : accepted(undefined));

export interface AccessFacts {
  readonly consent: Consent | undefined;
  readonly holderState: ServiceState | undefined;
}

/**
 * Why nothing rests on the consent any more, for good: first `customer_left`, then `consent_expired`, then
 * `consent_revoked`. One that is frozen is alive. Source: RKN-S1, RKN-D6.
 */
export function endOf(
  consent: Consent,
  holderState: ServiceState | undefined,
  at: Instant,
): Refusal<ConsentEnd> | undefined {
  if (holderState === 'terminated') return { code: 'customer_left', clause: 'RKN-D6' };
  if (consent.state === 'expired' || consent.expiresAt <= at)
    return { code: 'consent_expired', clause: 'RKN-S1' };
  if (consent.state !== 'authorised' && consent.state !== 'frozen')
    return { code: 'consent_revoked', clause: 'RKN-S1' };
  return undefined;
}

const partiesAreEqual = (consent: Consent, call: ConsentedCall): boolean =>
  consent.clientId === call.clientId &&
  consent.epspId === call.epspId &&
  consent.chainPartnerId === call.chainPartnerId;

/**
 * May this call rest on this consent? First refusal wins, after the traffic's own: `not_found` for
 * another party's consent, `customer_left`, `consent_revoked`, `consent_expired`,
 * `permission_not_granted`, `not_found` for an account outside it, and last the one neutral
 * `holder_unavailable` (T-29). Source: RKN-S1, RKN-D6, SM-9.2.
 */
export function decideAccess(
  { consent, holderState }: AccessFacts,
  call: ConsentedCall,
): Result<Consent, Refusal<ConsentRefusal>> {
  if (!consent || !partiesAreEqual(consent, call)) return refused('not_found');
  const end = endOf(consent, holderState, call.at);
  if (end) return { ok: false, refusal: end };
  if (!consent.permissions.includes(call.fn))
    return refused('permission_not_granted', { clause: 'RKN-S1' });
  if (call.accountId !== undefined && !consent.accountIds.includes(call.accountId))
    return refused('not_found');
  if (consent.state === 'frozen' || holderState !== 'active')
    return refused('holder_unavailable', { clause: 'RKN-D6' });
  return accepted(consent);
}
