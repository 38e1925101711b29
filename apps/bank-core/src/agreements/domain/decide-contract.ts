import { accepted, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import { functionsBeyond, isChainPartner, type IntermediaryService } from './contract-terms.js';
import type { FiledPartner } from './filed-partner.js';

export type ContractRefusal =
  | 'contract_not_open'
  | 'contract_changed'
  | 'contract_period_wrong'
  | 'contract_incomplete'
  | 'not_a_chain_partner'
  | 'partner_scope_too_wide'
  | 'date_in_the_past';

/**
 * May people register this contract, as the intermediary filed it? Refuses with `contract_not_open`,
 * `contract_changed` where it is no more the version that was proposed to them, `contract_period_wrong`,
 * `contract_incomplete` (purpose, method, document and legal standing belong to it),
 * `not_a_chain_partner` (RKN-D2), `partner_scope_too_wide`. Source: RKN-C1a.
 */
export function decideContract(
  partner: FiledPartner,
  version: number,
  services: readonly IntermediaryService[],
  today: CivilDate,
): Result<void, Refusal<ContractRefusal>> {
  const { terms, contractTo, functions } = partner;
  const refuse = (code: ContractRefusal, clause = 'RKN-C1a') => refused(code, { clause });
  if (partner.status !== 'proposed') return refuse('contract_not_open');
  if (partner.version !== version) return refuse('contract_changed');
  if (contractTo?.isBefore(today)) return refuse('contract_period_wrong');
  const is = isChainPartner(terms);
  const isWritten = terms.purpose.trim() !== '' && terms.method.trim() !== '';
  if (!isWritten || !terms.contractDocument || is === undefined)
    return refuse('contract_incomplete');
  if (!is) return refuse('not_a_chain_partner', 'RKN-D2');
  return functionsBeyond(functions, services, terms.services).length > 0
    ? refuse('partner_scope_too_wide')
    : accepted(undefined);
}

/** May it end with this day, at once where none is named? Refuses with `contract_not_open`, `date_in_the_past`. */
export function decideContractEnd(
  partner: FiledPartner,
  lastDay: CivilDate | undefined,
  today: CivilDate,
): Result<void, Refusal<ContractRefusal>> {
  const isOpen = partner.status === 'contracted' || partner.status === 'stopped';
  if (!isOpen || partner.contractTo?.isBefore(today))
    return refused('contract_not_open', { clause: 'RKN-C1a' });
  return lastDay?.isBefore(today)
    ? refused('date_in_the_past', { clause: 'RKN-C1a' })
    : accepted(undefined);
}
