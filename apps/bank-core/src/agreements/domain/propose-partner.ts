import { accepted, hashOf, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import {
  functionsBeyond,
  isChainPartner,
  type ContractTerms,
  type IntermediaryService,
} from './contract-terms.js';
import type { FiledPartner } from './filed-partner.js';
import type { ChainPartner } from './intermediary.js';

/** What an intermediary says of a partner that it has contracted or is about to (RKN-C1a, RKN-D2). */
export type ProposedPartner = Omit<ChainPartner, 'id' | 'intermediaryId' | 'status'> & {
  readonly terms: ContractTerms;
};

/** What a correction says anew; what it leaves out stays, `contractTo: null` takes the last day away. */
export interface ProposalChange extends Said<Omit<ProposedPartner, 'contractTo' | 'terms'>> {
  readonly contractTo?: CivilDate | null | undefined;
  readonly terms: Said<ContractTerms>;
}
type Said<Members> = { readonly [Member in keyof Members]?: Members[Member] | undefined };

export type ProposalRefusal =
  | 'contract_period_wrong'
  | 'functions_and_directions_differ'
  | 'not_a_chain_partner'
  | 'partner_scope_too_wide'
  | 'too_many_proposals';

export const PROPOSALS_OPEN_MAX = 50;
const INSTRUCTION = 'transfer_initiation';

/**
 * May this be put before people? Refuses with `contract_period_wrong`, `functions_and_directions_differ`
 * (data goes out for reads, an instruction comes in for a transfer, and for nothing else: RKN-D1a, RKN-D1b),
 * `not_a_chain_partner` (RKN-D2), `partner_scope_too_wide` (beyond the intermediary's own services), and
 * `too_many_proposals`. Whether the partner is fit is not decided here. Source: RKN-C1a.
 */
export function checkProposal(
  partner: ProposedPartner,
  facts: {
    readonly today: CivilDate;
    readonly open: number;
    readonly services: readonly IntermediaryService[];
  },
): Result<void, Refusal<ProposalRefusal>> {
  const { contractFrom, contractTo, directions, functions, terms } = partner;
  if (contractTo && (contractTo.isBefore(contractFrom) || contractTo.isBefore(facts.today)))
    return refused('contract_period_wrong', { clause: 'RKN-C1a' });
  const reads = functions.some((fn) => fn !== INSTRUCTION);
  const instructs = functions.includes(INSTRUCTION);
  const goesOut = directions.includes('INFO_OUT');
  const comesIn = directions.includes('INSTRUCTION_IN');
  if (reads !== goesOut || instructs !== comesIn)
    return refused('functions_and_directions_differ', { clause: 'RKN-C1a' });
  if (isChainPartner(terms) === false) return refused('not_a_chain_partner', { clause: 'RKN-D2' });
  const beyond = functionsBeyond(functions, facts.services, terms.services);
  if (beyond.length > 0)
    return refused('partner_scope_too_wide', { clause: 'RKN-C1a', facts: { beyond } });
  return facts.open >= PROPOSALS_OPEN_MAX
    ? refused('too_many_proposals', { facts: { max: PROPOSALS_OPEN_MAX } })
    : accepted(undefined);
}

/**
 * A proposal with its correction. Refuses with `proposal_closed` what people have decided or the intermediary has
 * withdrawn: that stays as it was filed. Whether the whole may be put before people says `checkProposal`.
 * Source: RKN-C1a.
 */
export function changeProposal(
  filed: FiledPartner,
  { contractTo, terms, ...change }: ProposalChange,
): Result<FiledPartner, Refusal<'proposal_closed'>> {
  if (filed.status !== 'proposed') return refused('proposal_closed', { clause: 'RKN-C1a' });
  return accepted({
    ...filed,
    ...said(change),
    contractTo: contractTo === undefined ? filed.contractTo : (contractTo ?? undefined),
    terms: { ...filed.terms, ...said(terms) },
    version: filed.version + 1,
  });
}

/** The members that a change names; one that is undefined says nothing. */
const said = <Members extends object>(members: Said<Members>): Partial<Members> =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Partial<Members>;

/** Whether nothing but the number of the version differs. */
export const isSameProposal = (a: FiledPartner, b: FiledPartner): boolean =>
  hashOf({ ...a, version: 0 }) === hashOf({ ...b, version: 0 });

/** What a withdrawal makes of a partner: a proposal is taken back, a connection is stopped (RKN-C2b/b). */
export const afterWithdrawal = (status: ChainPartner['status']): ChainPartner['status'] =>
  status === 'proposed' ? 'withdrawn' : status === 'contracted' ? 'stopped' : status;
