import { Inject, Injectable } from '@nestjs/common';
import type { ChainEvent } from '#libs/contracts';
import { CivilDate, endOf, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import {
  ProposalDesk,
  refusedOutcome,
  type DeskRefusal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type RefusedOutcome,
  type StaffMember,
} from '../staff/index.js';
import { Connections } from './connections.js';
import { contractSentences } from './domain/contract.refusals.js';
import {
  decideContract,
  decideContractEnd,
  type ContractRefusal,
} from './domain/decide-contract.js';
import type { FiledPartner } from './domain/filed-partner.js';
import type { ToldAt } from './domain/partner-act.js';
import { FederationDesk } from './federation-desk.js';
import { contractStatuses } from './http/contract.problems.js';
import { lockStatus } from './storage/own-affairs.store.pg.js';
import { filedPartner, writeContract, writeContractEnd } from './storage/partner-act.store.pg.js';
import { servicesOf } from './storage/register.store.pg.js';

/** What two people agree on: the contract as it was filed, or its end. */
export interface ContractContent {
  readonly epspId: string;
  readonly partnerId: string;
  readonly act: 'contract' | 'end';
  /** Of a contract: which version of the filing; a proposal from before versions is about the first. */
  readonly version?: number;
  /** Of an end: the last day; null is at once. */
  readonly lastDay: string | null;
  readonly reason: string;
}

type Outcome = { readonly told: readonly ToldAt[] } | RefusedOutcome;

/** A partner passes calls from the day that two people registered its contract, until its last day (RKN-C1a). */
@Injectable()
export class PartnerContracts implements ProposalKind<ContractContent> {
  readonly kind = 'partner_contract';
  readonly proposerRole = 'federation_officer';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'RKN-C1a';

  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  async propose(
    by: StaffMember,
    content: ContractContent,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    return this.desk.propose(by, this.kind, content, [await this.federation.federationId()]);
  }

  async check(content: ContractContent): Promise<Result<void, Refusal<ContractRefusal>>> {
    const at = await this.federation.clock.now();
    return this.federation.database.transaction((tx) => decide(tx, content, at));
  }

  async carryOut(tx: Transaction, step: ProposalStep<ContractContent>): Promise<Outcome> {
    const { content, proposal, at } = step;
    const { epspId, partnerId } = content;
    await lockStatus(tx, epspId, partnerId);
    const decided = await decide(tx, content, at);
    if (!decided.ok) return refusedOutcome(decided.refusal);
    const party = { epspId, chainPartnerId: partnerId };
    const note = this.federation.noteIn(tx, await this.federation.federationId(), party, at);
    const told =
      content.act === 'contract'
        ? await this.contract(tx, content, proposal.id, at)
        : await this.end(tx, content, proposal.id, at);
    const kind = content.act === 'contract' ? 'chain_partner_contracted' : 'chain_partner_ends';
    await note(kind, { partnerId, proposalId: proposal.id, told, clause: 'RKN-C1a' });
    return { told };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<ContractRefusal>, contractStatuses, contractSentences);
  }

  /** The matter of each covered institution begins with the contract as it was filed. */
  private async contract(
    tx: Transaction,
    { epspId, partnerId }: ContractContent,
    proposalId: string,
    at: Instant,
  ): Promise<ToldAt[]> {
    const partner = await filedPartner(tx, partnerId);
    await writeContract(tx, partnerId, proposalId);
    if (!partner) return [];
    const event = filedEvent(partner, at);
    return this.connections.tellEverywhere(tx, { epspId, partnerId }, async () => event, at);
  }

  /** At once it ends everywhere; at a date the job tells it when that day is over. */
  private async end(
    tx: Transaction,
    { epspId, partnerId, lastDay, reason }: ContractContent,
    proposalId: string,
    at: Instant,
  ): Promise<ToldAt[]> {
    const today = CivilDate.inTokyo(at);
    const last = lastDay === null ? today.minusDays(1) : CivilDate.from(lastDay);
    await writeContractEnd(tx, partnerId, last, proposalId);
    if (!last.isBefore(today)) return [];
    const event = endedEvent(partnerId, last, reason, at);
    return this.connections.tellEverywhere(tx, { epspId, partnerId }, async () => event, at);
  }
}

async function decide(
  tx: Transaction,
  { partnerId, act, lastDay, version = 1 }: ContractContent,
  at: Instant,
): Promise<Result<void, Refusal<ContractRefusal>>> {
  const partner = await filedPartner(tx, partnerId);
  if (!partner) return refused('contract_not_open', { clause: 'RKN-C1a' });
  const today = CivilDate.inTokyo(at);
  if (act === 'contract')
    return decideContract(partner, version, await servicesOf(tx, partner.intermediaryId), today);
  const last = lastDay === null ? undefined : CivilDate.from(lastDay);
  return decideContractEnd(partner, last, today);
}

const filedEvent = (partner: FiledPartner, at: Instant): ChainEvent => ({
  type: 'contract_filed',
  id: `contract:${partner.id}`,
  happenedAt: at,
  method: partner.terms.method,
  content: [partner.terms.purpose, ...partner.functions].join(', '),
  ...(partner.contractTo === undefined ? {} : { contractUntil: endOf(partner.contractTo) - 1 }),
});

/** The same end is told once, however often somebody tries. */
export const endedEvent = (
  partnerId: string,
  last: CivilDate,
  reason: string,
  at: Instant,
): ChainEvent => ({
  type: 'contract_ended',
  id: `contract-ended:${partnerId}:${last.toString()}`,
  happenedAt: at,
  reason,
});
