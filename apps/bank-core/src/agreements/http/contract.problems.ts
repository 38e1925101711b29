import type { ContractRefusal } from '../domain/decide-contract.js';

export const contractStatuses: Readonly<Record<ContractRefusal, number>> = {
  contract_not_open: 409,
  contract_period_wrong: 422,
  contract_changed: 409,
  contract_incomplete: 422,
  not_a_chain_partner: 422,
  partner_scope_too_wide: 422,
  date_in_the_past: 422,
};
