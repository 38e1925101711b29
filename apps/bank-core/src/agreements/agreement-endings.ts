import { Inject, Injectable } from '@nestjs/common';
import { accepted, CivilDate, refused, type Refusal, type Result } from '#libs/kernel';
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
import { decideEnding, type VersionRefusal } from './domain/agreement-file.js';
import { versionSentences } from './domain/version.refusals.js';
import { FederationDesk } from './federation-desk.js';
import { versionStatuses } from './http/version.problems.js';
import { agreementFile, lockAgreements, writeEnd } from './storage/version.store.pg.js';

export interface EndingContent {
  readonly epspId: string;
  readonly agreementId: string;
  readonly lastDay: string;
  readonly reason: string;
}

/** An agreement ends on a day that two people agreed on; whoever assented to a later version goes on (RKN-0.2). */
@Injectable()
export class AgreementEndings implements ProposalKind<EndingContent> {
  readonly kind = 'agreement_ending';
  readonly proposerRole = 'federation_officer';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'RKN-0.2';

  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  async propose(
    by: StaffMember,
    content: EndingContent,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    return this.desk.propose(by, this.kind, content, [await this.federation.federationId()]);
  }

  async check(content: EndingContent): Promise<Result<void, Refusal<VersionRefusal>>> {
    const today = CivilDate.inTokyo(await this.federation.clock.now());
    return this.federation.database.transaction((tx) => decide(tx, content, today));
  }

  async carryOut(
    tx: Transaction,
    { content, proposal, at }: ProposalStep<EndingContent>,
  ): Promise<{ readonly lastDay: string } | RefusedOutcome> {
    const { epspId, agreementId, lastDay } = content;
    await lockAgreements(tx, epspId);
    const decided = await decide(tx, content, CivilDate.inTokyo(at));
    if (!decided.ok) return refusedOutcome(decided.refusal);
    await writeEnd(tx, agreementId, CivilDate.from(lastDay), proposal.id);
    const note = this.federation.noteIn(tx, await this.federation.federationId(), { epspId }, at);
    await note('agreement_ends', { agreementId, lastDay, proposalId: proposal.id });
    return { lastDay };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<VersionRefusal>, versionStatuses, versionSentences);
  }
}

async function decide(
  tx: Transaction,
  { agreementId, lastDay }: EndingContent,
  today: CivilDate,
): Promise<Result<void, Refusal<VersionRefusal>>> {
  const file = await agreementFile(tx, agreementId);
  if (!file) return refused('agreement_over', { clause: 'RKN-0.2' });
  const decided = decideEnding(file, CivilDate.from(lastDay), today);
  return decided.ok ? accepted(undefined) : decided;
}
