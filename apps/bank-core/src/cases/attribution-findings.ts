import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import type { Attribution, CaseEvent } from '#libs/liability';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import {
  ProposalDesk,
  type DeskRefusal,
  type Proposal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type StaffMember,
} from '../staff/index.js';
import { applied, CaseBook } from './case-book.service.js';
import { caseSentences, type CaseRefusal } from './domain/case.refusals.js';
import { caseStatuses } from './http/case.problems.js';
import { SOMEBODY_ELSE } from './domain/second-person.js';

/** Whose responsibility it was, as one person proposes it. */
export interface AttributionContent {
  readonly institutionId: number;
  readonly caseId: string;
  readonly finding: Attribution['finding'];
  readonly chainPartner: string | null;
  readonly grounds: string;
  readonly evidence: readonly string[];
}

/**
 * Attribution is found by one person and approved by another; no code ever finds it.
 * Source: RKN-L2a, RKN-L3, RKN-L4-1.
 */
@Injectable()
export class AttributionFindings implements ProposalKind<AttributionContent> {
  readonly kind = 'case_attribution';
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'RKN-L3';

  constructor(
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  propose(
    by: StaffMember,
    content: AttributionContent,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    return this.desk.propose(by, this.kind, content, [content.institutionId]);
  }

  check(
    content: AttributionContent,
    by: StaffMember,
    proposal?: Proposal,
  ): Promise<Result<void, Refusal<CaseRefusal>>> {
    return this.book.onCase(content, async ({ state, at }) => {
      const people = {
        id: proposal?.id ?? 'proposed',
        foundBy: proposal?.proposedBy.mailAddress ?? by.mailAddress,
        approvedBy: proposal ? by.mailAddress : SOMEBODY_ELSE,
      };
      const after = applied(state, attributed(content, { ...people, foundAt: at }), at);
      return after.ok ? accepted(undefined) : after;
    });
  }

  async carryOut(tx: Transaction, step: ProposalStep<AttributionContent>): Promise<object> {
    const { content, proposal, approvedBy, at } = step;
    const opened = await this.book.open(tx, content, at);
    if (!opened) return refused('case_unknown').refusal;
    const event = attributed(content, {
      id: proposal.id,
      foundBy: proposal.proposedBy.mailAddress,
      approvedBy: approvedBy.mailAddress,
      foundAt: at,
    });
    const told = await this.book.tell(opened, event, approvedBy.mailAddress);
    return told.ok ? { attributed: content.finding } : { refused: told.refusal };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<CaseRefusal>, caseStatuses, caseSentences);
  }
}

const attributed = (
  { finding, chainPartner, grounds, evidence }: AttributionContent,
  people: Pick<Attribution, 'id' | 'foundBy' | 'approvedBy' | 'foundAt'>,
): CaseEvent => ({
  type: 'attributed',
  attribution: {
    ...people,
    finding,
    ...(chainPartner !== null && { chainPartner }),
    grounds,
    evidence,
  },
});
