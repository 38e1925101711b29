import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { CaseEvent } from '#libs/liability';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import {
  ProposalDesk,
  type DeskRefusal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type StaffMember,
} from '../staff/index.js';
import { applied, CaseBook } from './case-book.service.js';
import { caseSentences, type CaseRefusal } from './domain/case.refusals.js';
import { SOMEBODY_ELSE } from './domain/second-person.js';
import { caseStatuses } from './http/case.problems.js';

/** Why the institution could not but pay for a loss of the service. */
export interface UnavoidableContent {
  readonly institutionId: number;
  readonly caseId: string;
  readonly grounds: string;
  readonly evidence: readonly string[];
}

/** Gate B: payment was unavoidable, on grounds that one recorded and another approved. Source: RKN-L4-0b. */
@Injectable()
export class UnavoidableFindings implements ProposalKind<UnavoidableContent> {
  readonly kind = 'case_unavoidable';
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'RKN-L4-0b';

  constructor(
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  propose(
    by: StaffMember,
    content: UnavoidableContent,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    return this.desk.propose(by, this.kind, content, [content.institutionId]);
  }

  check(content: UnavoidableContent): Promise<Result<void, Refusal<CaseRefusal>>> {
    return this.book.onCase(content, async ({ state, at }) => {
      const after = applied(state, judged(content, SOMEBODY_ELSE, at), at);
      return after.ok ? accepted(undefined) : after;
    });
  }

  async carryOut(tx: Transaction, step: ProposalStep<UnavoidableContent>): Promise<object> {
    const { content, approvedBy, at } = step;
    const opened = await this.book.open(tx, content, at);
    if (!opened) return refused('case_unknown').refusal;
    const event = judged(content, approvedBy.mailAddress, at);
    const told = await this.book.tell(opened, event, approvedBy.mailAddress);
    if (!told.ok) return { refused: told.refusal };
    const paidFirst = opened.state.book.payments.some(({ paidAt }) => paidAt < at);
    return { unavoidable: 'yes', recordedAfterPayment: paidFirst };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<CaseRefusal>, caseStatuses, caseSentences);
  }
}

const judged = (
  { grounds, evidence }: UnavoidableContent,
  approvedBy: string,
  recordedAt: Instant,
): CaseEvent => ({
  type: 'unavoidable_judged',
  unavoidable: { value: 'yes', evidence, grounds, approvedBy, recordedAt },
});
