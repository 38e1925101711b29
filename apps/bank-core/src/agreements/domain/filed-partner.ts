import type { ContractTerms } from './contract-terms.js';
import type { ChainPartner } from './intermediary.js';

/** A partner with the terms of its contract, as lists and people see it. */
export interface FiledPartner extends ChainPartner {
  readonly terms: ContractTerms;
  /** Of what was filed, from 1; people agree on the one that they have seen (RKN-C1a). */
  readonly version: number;
}
