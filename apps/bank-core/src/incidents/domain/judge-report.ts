import { refused, type Instant, type Refusal } from '#libs/kernel';
import type { IncidentFacts } from './incident.js';
import type { IncidentRefusal } from './incident.refusals.js';

type Refused = { readonly ok: false; readonly refusal: Refusal<IncidentRefusal> };

/**
 * What cannot be so, in this order: found later than now, occurred after it was found, a partner's breach without the
 * partner. Undefined where nothing is wrong. Source: RKN-S4a (grounds have to hold), RKN-C1a.
 */
export function judgeReport(
  { kind, chainPartnerId, occurredAt, foundAt }: IncidentFacts,
  now: Instant,
): Refused | undefined {
  if (foundAt > now) return refused('event_ahead_of_clock');
  if (occurredAt !== undefined && occurredAt > foundAt) return refused('facts_contradict');
  if (kind === 'partner_breach' && chainPartnerId === undefined)
    return refused('chain_partner_missing', { clause: 'RKN-C1a' });
  return undefined;
}
