import { accepted, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import type { ChainPartner } from './intermediary.js';

/** What an intermediary says of a partner that it has contracted or is about to (RKN-C1a, RKN-D2). */
export type ProposedPartner = Omit<ChainPartner, 'id' | 'intermediaryId' | 'status'>;

export type ProposalRefusal =
  'contract_period_wrong' | 'functions_and_directions_differ' | 'too_many_proposals';

export const PROPOSALS_OPEN_MAX = 50;
const INSTRUCTION = 'transfer_initiation';

/**
 * May this be put before people? Refuses with `contract_period_wrong`, `functions_and_directions_differ`
 * (data goes out for reads, an instruction comes in for a transfer, and for nothing else: RKN-D1a, RKN-D1b),
 * `too_many_proposals`. Whether the partner is fit is not decided here. Source: RKN-C1a.
 */
export function checkProposal(
  partner: ProposedPartner,
  facts: { readonly today: CivilDate; readonly open: number },
): Result<void, Refusal<ProposalRefusal>> {
  const { contractFrom, contractTo, directions, functions } = partner;
  if (contractTo && (contractTo.isBefore(contractFrom) || contractTo.isBefore(facts.today)))
    return refused('contract_period_wrong', { clause: 'RKN-C1a' });
  const reads = functions.some((fn) => fn !== INSTRUCTION);
  const instructs = functions.includes(INSTRUCTION);
  const goesOut = directions.includes('INFO_OUT');
  const comesIn = directions.includes('INSTRUCTION_IN');
  if (reads !== goesOut || instructs !== comesIn)
    return refused('functions_and_directions_differ', { clause: 'RKN-C1a' });
  return facts.open >= PROPOSALS_OPEN_MAX
    ? refused('too_many_proposals', { facts: { max: PROPOSALS_OPEN_MAX } })
    : accepted(undefined);
}

/** What a withdrawal makes of a partner: a proposal is taken back, a connection is stopped (RKN-C2b/b). */
export const afterWithdrawal = (status: ChainPartner['status']): ChainPartner['status'] =>
  status === 'proposed' ? 'withdrawn' : status === 'contracted' ? 'stopped' : status;
