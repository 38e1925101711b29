import { accepted, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import type { AgreementRefusal } from './agreement.refusals.js';
import type { ChainPartner } from './intermediary.js';

/** The tag of traffic that passes no chain partner on (RKN-D1a). */
export const NO_PARTNER = 'none';

const OUTBOUND = new Set(['accounts_read', 'balances_read', 'transactions_read']);

/**
 * May this chain partner stand behind the call? Refuses in this order: `chain_partner_unknown` (also a
 * foreign one, T-14, and one that is only proposed), `chain_partner_unknown` before or after its contract (RKN-C1a/b),
 * `chain_partner_stopped` (RKN-C2b/c), `chain_partner_scope` (function or direction, RKN-C1a/c).
 */
export function decidePartner(
  partner: ChainPartner | undefined,
  intermediaryId: string,
  fn: string,
  on: CivilDate,
): Result<ChainPartner, Refusal<AgreementRefusal>> {
  if (!partner || partner.intermediaryId !== intermediaryId)
    return refused('chain_partner_unknown', { clause: 'RKN-C1a' });
  if (partner.status === 'proposed' || partner.status === 'withdrawn')
    return refused('chain_partner_unknown', { clause: 'RKN-C1a' });
  const hasEnded = partner.contractTo?.isBefore(on) ?? false;
  if (on.isBefore(partner.contractFrom) || hasEnded)
    return refused('chain_partner_unknown', { clause: 'RKN-C1a' });
  if (partner.status === 'stopped') return refused('chain_partner_stopped', { clause: 'RKN-C2b' });
  const direction = OUTBOUND.has(fn) ? 'INFO_OUT' : 'INSTRUCTION_IN';
  if (!partner.functions.includes(fn) || !partner.directions.includes(direction))
    return refused('chain_partner_scope', { clause: 'RKN-C1a' });
  return accepted(partner);
}
